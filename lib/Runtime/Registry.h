//===- Registry.h - The observers of a process ------------------*- C++ -*-===//
//
// Each thread has statistics of its own, so that threads do not wait for each
// other; they are merged when somebody asks.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_LIB_RUNTIME_REGISTRY_H
#define QUANTPREP_LIB_RUNTIME_REGISTRY_H

#include "QuantPrep/Statistics/Statistics.h"

#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace quantprep::runtime {

class Registry {
public:
  static Registry &get();
  /// When the process ends, or the library is unloaded: prints what was seen if
  /// QPREP_RUNTIME_PRINT is 1, writes it to what QPREP_RUNTIME_OUTPUT names.
  ~Registry();

  /// What the observer collects from now on, if it has not seen anything.
  void setSpec(int64_t id, const statistics::Spec &spec);
  void observe(int64_t id, const statistics::Buffer &buffer);
  /// The number of the run that this thread goes on with.
  void beginRun(int64_t run);

  /// Nothing if the observer was never shown a buffer.
  std::optional<statistics::Statistics> find(int64_t id);
  void print();
  /// Writes all statistics as JSON, whole or not at all. False, with a message
  /// on standard error, if that fails.
  bool write(const std::string &path);

  void reset(int64_t id);
  void reset();

private:
  using Table = std::map<int64_t, statistics::Statistics>;
  struct Thread {
    std::mutex mutex;
    Table observers;
    int64_t run = 0;
  };

  Thread &getThread();
  statistics::Spec getSpec(int64_t id);
  /// Ordered by id.
  Table merge();

  std::mutex mutex; // of what follows
  std::vector<std::shared_ptr<Thread>> threads;
  std::map<int64_t, statistics::Spec> specs;
};

} // namespace quantprep::runtime

#endif // QUANTPREP_LIB_RUNTIME_REGISTRY_H
