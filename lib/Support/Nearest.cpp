//===- Nearest.cpp - What a misspelt name may have meant ------------------===//

#include "QuantPrep/Support/Nearest.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Twine.h"

using namespace llvm;

SmallVector<StringRef> quantprep::findNearest(StringRef name,
                                              ArrayRef<StringRef> known,
                                              size_t limit) {
  // A third of the letters may be wrong, or it is a part of the other.
  unsigned most = std::max<size_t>(1, name.size() / 3);
  SmallVector<std::tuple<unsigned, size_t, StringRef>> found;
  for (auto [index, other] : enumerate(known)) {
    unsigned distance =
        name.edit_distance_insensitive(other, /*AllowReplacements=*/true, most);
    if (distance > most && !name.empty() && other.contains_insensitive(name))
      distance = most;
    if (distance <= most)
      found.emplace_back(distance, index, other);
  }
  // With the place in the list, since what is alike stays in its order.
  sort(found);
  SmallVector<StringRef> nearest;
  for (auto [distance, index, other] : found)
    if (nearest.size() < limit && !is_contained(nearest, other))
      nearest.push_back(other);
  return nearest;
}

std::string quantprep::suggestNearest(StringRef name,
                                      ArrayRef<StringRef> known) {
  SmallVector<StringRef> nearest = findNearest(name, known, 1);
  return nearest.empty() ? std::string()
                         : ("; did you mean '" + nearest.front() + "'?").str();
}
