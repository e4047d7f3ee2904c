//===- Registry.cpp - The observers of a process --------------------------===//

#include "Registry.h"

#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <unistd.h>

using namespace quantprep;
using namespace quantprep::runtime;
using statistics::Statistics;

Registry &Registry::get() {
  static Registry registry;
  return registry;
}

Registry::~Registry() {
  const char *wanted = std::getenv("QPREP_RUNTIME_PRINT");
  if (wanted && std::strcmp(wanted, "1") == 0)
    print();
  const char *path = std::getenv("QPREP_RUNTIME_OUTPUT");
  if (path && *path)
    write(path);
}

/// The thread's own, which the registry keeps when the thread is gone.
Registry::Thread &Registry::getThread() {
  thread_local std::shared_ptr<Thread> thread;
  if (!thread) {
    thread = std::make_shared<Thread>();
    std::lock_guard<std::mutex> lock(mutex);
    threads.push_back(thread);
  }
  return *thread;
}

statistics::Spec Registry::getSpec(int64_t id) {
  std::lock_guard<std::mutex> lock(mutex);
  auto it = specs.find(id);
  return it == specs.end() ? statistics::Spec() : it->second;
}

void Registry::setSpec(int64_t id, const statistics::Spec &spec) {
  std::lock_guard<std::mutex> lock(mutex);
  specs.insert({id, spec});
}

void Registry::observe(int64_t id, const statistics::Buffer &buffer) {
  Thread &thread = getThread();
  std::lock_guard<std::mutex> lock(thread.mutex);
  auto it = thread.observers.find(id);
  if (it == thread.observers.end())
    it = thread.observers.insert({id, Statistics(getSpec(id))}).first;
  if (auto problem = it->second.observe(buffer, thread.run))
    std::fprintf(stderr, "QuantPrep: observer %" PRId64 ": %s\n", id,
                 problem->c_str());
}

void Registry::beginRun(int64_t run) {
  Thread &thread = getThread();
  std::lock_guard<std::mutex> lock(thread.mutex);
  thread.run = run;
}

Registry::Table Registry::merge() {
  std::lock_guard<std::mutex> lock(mutex);
  Table merged;
  for (const std::shared_ptr<Thread> &thread : threads) {
    std::lock_guard<std::mutex> threadLock(thread->mutex);
    for (const auto &[id, seen] : thread->observers) {
      auto [it, isNew] = merged.insert({id, seen});
      if (isNew)
        continue;
      if (auto problem = it->second.merge(seen, statistics::SameRun::Keep))
        std::fprintf(stderr, "QuantPrep: observer %" PRId64 ": %s\n", id,
                     problem->c_str());
    }
  }
  return merged;
}

std::optional<Statistics> Registry::find(int64_t id) {
  Table merged = merge();
  auto it = merged.find(id);
  if (it == merged.end())
    return std::nullopt;
  return it->second;
}

void Registry::reset(int64_t id) {
  std::lock_guard<std::mutex> lock(mutex);
  for (const std::shared_ptr<Thread> &thread : threads) {
    std::lock_guard<std::mutex> threadLock(thread->mutex);
    thread->observers.erase(id);
  }
}

void Registry::reset() {
  std::lock_guard<std::mutex> lock(mutex);
  for (const std::shared_ptr<Thread> &thread : threads) {
    std::lock_guard<std::mutex> threadLock(thread->mutex);
    thread->observers.clear();
  }
}

//===----------------------------------------------------------------------===//
// Output
//===----------------------------------------------------------------------===//

void Registry::print() {
  for (const auto &[id, seen] : merge()) {
    const statistics::Data &data = seen.getData();
    statistics::Range range;
    for (const statistics::Range &channel : data.ranges)
      range.merge(channel);
    std::printf("observer %" PRId64 ": min = %.17g, max = %.17g, count = "
                "%" PRId64 ", nan = %" PRId64,
                id, range.min, range.max, data.count, data.nan);
    if (data.infinite)
      std::printf(", infinite = %" PRId64, data.infinite);
    std::printf("\n");
  }
  std::fflush(stdout);
}

bool Registry::write(const std::string &path) {
  std::string text = "{\"version\": 1, \"observers\": [";
  for (const auto &[id, seen] : merge()) {
    text += text.back() == '[' ? "\n" : ",\n";
    text += "  {\"id\": " + std::to_string(id) + ", \"statistics\": ";
    seen.appendJSON(text);
    text += '}';
  }
  text += "\n]}\n";

  std::string part = path + "." + std::to_string(getpid()) + ".tmp";
  std::FILE *file = std::fopen(part.c_str(), "w");
  bool isWritten =
      file && std::fwrite(text.data(), 1, text.size(), file) == text.size();
  isWritten = file && std::fclose(file) == 0 && isWritten;
  isWritten = isWritten && std::rename(part.c_str(), path.c_str()) == 0;
  if (isWritten)
    return true;
  std::fprintf(stderr,
               "QuantPrep: cannot write statistics to '%s': ", path.c_str());
  std::perror(nullptr);
  if (file)
    std::remove(part.c_str());
  return false;
}
