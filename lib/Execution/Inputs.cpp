//===- Inputs.cpp - From files to the runs of a function ------------------===//

#include "QuantPrep/Execution/Inputs.h"

#include "QuantPrep/Execution/Npz.h"
#include "QuantPrep/Support/Nearest.h"

#include "llvm/Support/FileSystem.h"

#include <glob.h>

using namespace mlir;
using namespace quantprep::execution;

/// The name in a location, as arrays of a .npz have it.
static StringRef getName(Location loc) {
  if (auto name = dyn_cast<NameLoc>(loc))
    return name.getName();
  if (auto fused = dyn_cast<FusedLoc>(loc))
    for (Location part : fused.getLocations())
      if (StringRef name = getName(part); !name.empty())
        return name;
  return {};
}

/// The paths that a glob matches, sorted; none if there are none.
static std::vector<std::string> expandGlob(const std::string &pattern) {
  std::vector<std::string> paths;
  glob_t found;
  if (glob(pattern.c_str(), GLOB_NOSORT, nullptr, &found) == 0)
    paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  globfree(&found);
  llvm::sort(paths);
  return paths;
}

namespace quantprep::execution {
/// Reads the files of one function.
class Inputs::Reader {
public:
  Reader(func::FuncOp function, StringRef alsoRead)
      : function(function), alsoRead(alsoRead) {}

  LogicalResult read(const std::string &path, File &file, Aside &aside);

private:
  LogicalResult check(const std::string &path, std::vector<NamedArray> &arrays);
  const NamedArray *find(ArrayRef<NamedArray> arrays, unsigned index);
  LogicalResult split(const std::string &path, const NamedArray &array,
                      unsigned index, Part &part);
  InFlightDiagnostic emitArgumentError(unsigned index,
                                       const std::string &path) {
    BlockArgument argument = function.getArgument(index);
    // A location that is a name alone says nothing of a file.
    Location loc = argument.getLoc();
    if (!loc->findInstanceOf<FileLineColRange>())
      loc = function.getLoc();
    InFlightDiagnostic diag = emitError(loc);
    diag << "argument #" << index;
    if (StringRef name = getName(argument.getLoc()); !name.empty())
      diag << " ('" << name << "')";
    diag << " of @" << function.getName() << ": file '" << path << "' ";
    return diag;
  }

  func::FuncOp function;
  StringRef alsoRead;
};
} // namespace quantprep::execution

/// Warns of arrays that no argument takes.
LogicalResult Inputs::Reader::check(const std::string &path,
                                    std::vector<NamedArray> &arrays) {
  unsigned count = function.getNumArguments();
  if (arrays.size() == 1 && arrays[0].name.empty()) {
    if (count != 1)
      return emitError(function.getLoc())
             << "file '" << path << "' is one array, but @"
             << function.getName() << " has " << count
             << " arguments; give a .npz with an array for each, named by "
                "index or by location";
    arrays[0].name = "0";
  }
  for (const NamedArray &array : arrays) {
    auto takes = [&](unsigned index) { return find(arrays, index) == &array; };
    if (array.name != alsoRead && llvm::none_of(llvm::seq(count), takes))
      emitWarning(function.getLoc())
          << "array '" << array.name << "' of file '" << path
          << "' is not used: no argument of @" << function.getName()
          << " takes it";
  }
  return success();
}

/// The array of an argument: named by its index, else by its location.
const NamedArray *Inputs::Reader::find(ArrayRef<NamedArray> arrays,
                                       unsigned index) {
  std::string byIndex = std::to_string(index);
  StringRef byName = getName(function.getArgument(index).getLoc());
  for (StringRef name : {StringRef(byIndex), byName})
    for (const NamedArray &array : arrays)
      if (!name.empty() && array.name == name)
        return &array;
  return nullptr;
}

/// Whether an array of `found` dimensions can be the argument's `wanted`.
static bool matches(ArrayRef<int64_t> found, ArrayRef<int64_t> wanted) {
  return llvm::equal(found, wanted, [](int64_t have, int64_t want) {
    return have == want || ShapedType::isDynamic(want);
  });
}

LogicalResult Inputs::Reader::split(const std::string &path,
                                    const NamedArray &named, unsigned index,
                                    Part &part) {
  const Array &array = named.array;
  Type type = function.getArgument(index).getType();
  auto shaped = dyn_cast<ShapedType>(type);
  ArrayRef<int64_t> wanted;
  if (shaped && shaped.hasRank())
    wanted = shaped.getShape();
  std::optional<ElementType> elementType =
      ElementType::of(getElementTypeOrSelf(type));
  if ((shaped && !shaped.hasRank()) || !elementType)
    return emitArgumentError(index, path)
           << "cannot give a value of type " << type
           << "; arguments must be ranked tensors of i1, i8 to i64, ui8 to "
              "ui64, f16, bf16, f32 or f64";
  if (array.type != *elementType)
    return emitArgumentError(index, path)
           << "has array '" << named.name << "' of type "
           << formatArrayType(array.shape, array.type) << ", but elements of "
           << elementType->str()
           << " are needed, and none are converted; save it with that dtype";

  ArrayRef<int64_t> shape = array.shape;
  part.array = array;
  if (matches(shape, wanted)) {
    part.numRuns = 1;
    part.runShape.assign(shape.begin(), shape.end());
  } else if (!shape.empty() && matches(shape.drop_front(), wanted)) {
    part.numRuns = shape.front();
    part.runShape.assign(shape.begin() + 1, shape.end());
  } else if (!shape.empty() && shape.size() == wanted.size() &&
             wanted.front() > 0 &&
             matches(shape.drop_front(), wanted.drop_front())) {
    part.numRuns = shape.front() / wanted.front();
    part.runShape.assign(shape.begin(), shape.end());
    part.runShape.front() = wanted.front();
    if (int64_t rest = shape.front() % wanted.front())
      return emitArgumentError(index, path)
             << "has array '" << named.name << "' of type "
             << formatArrayType(shape, array.type) << ", whose "
             << shape.front() << " samples are no multiple of the batch of "
             << wanted.front() << ": " << rest << " remain; leave them out";
  } else {
    return emitArgumentError(index, path)
           << "has array '" << named.name << "' of type "
           << formatArrayType(shape, array.type) << ", but "
           << formatArrayType(wanted, *elementType)
           << " is needed, or that with a dimension of runs in front";
  }
  part.runBytes = array.type.bytes;
  for (int64_t dim : part.runShape)
    part.runBytes *= dim;
  if (part.numRuns == 0)
    return emitArgumentError(index, path)
           << "has array '" << named.name << "' of type "
           << formatArrayType(shape, array.type)
           << ", which is empty; at least one run is needed";
  return success();
}

LogicalResult Inputs::Reader::read(const std::string &path, File &file,
                                   Aside &aside) {
  llvm::Expected<std::vector<NamedArray>> arrays = readArrays(path);
  if (!arrays)
    return emitError(function.getLoc())
           << "cannot read '" << path
           << "': " << llvm::toString(arrays.takeError());
  if (failed(check(path, *arrays)))
    return failure();
  aside.path = path;
  for (const NamedArray &array : *arrays)
    if (!alsoRead.empty() && array.name == alsoRead)
      aside.array = array.array;
  unsigned count = function.getNumArguments();
  file.arguments.resize(count);
  for (unsigned index = 0; index < count; ++index) {
    const NamedArray *array = find(*arrays, index);
    if (!array) {
      InFlightDiagnostic diag = emitArgumentError(index, path)
                                << "has no array '" << index << "'";
      StringRef name = getName(function.getArgument(index).getLoc());
      if (!name.empty())
        diag << " or '" << name << "'";
      diag << "; it has ";
      auto print = [&](const NamedArray &array) {
        diag << "'" << array.name << "'";
      };
      if (arrays->empty())
        diag << "none";
      llvm::interleave(*arrays, print, [&] { diag << ", "; });
      return diag;
    }
    Part &part = file.arguments[index];
    if (failed(split(path, *array, index, part)))
      return failure();
    const Part &first = file.arguments.front();
    if (part.numRuns != first.numRuns)
      return emitArgumentError(index, path)
             << "has " << part.numRuns << " runs of it, but " << first.numRuns
             << " of argument #0; as many are needed of each";
  }
  file.numRuns = count ? file.arguments.front().numRuns : 1;
  return success();
}

FailureOr<Inputs> Inputs::load(func::FuncOp function,
                               ArrayRef<std::string> paths, StringRef option,
                               StringRef alsoRead) {
  Inputs inputs;
  Reader reader(function, alsoRead);
  if (paths.empty()) {
    if (unsigned count = function.getNumArguments())
      return emitError(function.getLoc())
             << "@" << function.getName() << " has " << count
             << " arguments; give their arrays with " << option;
    // It needs nothing to run once.
    inputs.files.push_back({{}, 1});
    inputs.numRuns = 1;
  }
  for (const std::string &path : paths) {
    std::vector<std::string> matched;
    if (llvm::sys::fs::exists(path) ||
        path.find_first_of("*?[") == std::string::npos)
      matched.push_back(path);
    else
      matched = expandGlob(path);
    if (matched.empty())
      return emitError(function.getLoc())
             << "no file matches '" << path << "'; give .npy or .npz files";
    for (const std::string &match : matched) {
      if (failed(reader.read(match, inputs.files.emplace_back(),
                             inputs.aside.emplace_back())))
        return failure();
      inputs.numRuns += inputs.files.back().numRuns;
    }
  }
  return inputs;
}

llvm::SmallVector<ArgumentView> Inputs::getRun(int64_t run) const {
  auto file = files.begin();
  for (; run >= file->numRuns; ++file)
    run -= file->numRuns;
  llvm::SmallVector<ArgumentView> views;
  for (const Part &part : file->arguments)
    views.push_back(
        {part.runShape, part.array.data.get() + run * part.runBytes});
  return views;
}

FailureOr<func::FuncOp> quantprep::execution::findEntry(Operation *module,
                                                        StringRef name,
                                                        StringRef option) {
  SmallVector<func::FuncOp> functions;
  SmallVector<StringRef> known;
  for (auto function : module->getRegion(0).getOps<func::FuncOp>()) {
    known.push_back(function.getName());
    if (!name.empty() ? function.getName() == name
                      : function.isPublic() && !function.isExternal())
      functions.push_back(function);
  }
  if (functions.size() == 1 && functions.front().isExternal())
    return emitError(functions.front().getLoc())
           << "@" << name << " is only declared; " << option
           << " must name a function with a body";
  if (functions.size() == 1)
    return functions.front();
  if (!name.empty())
    return emitError(module->getLoc())
           << "no function @" << name << ", which " << option << " names"
           << quantprep::suggestNearest(name, known);
  if (functions.empty())
    return emitError(module->getLoc())
           << "no public function with a body; name one "
              "with "
           << option;
  InFlightDiagnostic diag = emitError(module->getLoc())
                            << functions.size()
                            << " public functions; name the one to run with "
                            << option;
  for (func::FuncOp function : functions)
    diag.attachNote(function.getLoc()) << "@" << function.getName();
  return diag;
}
