//===- WholeFile.cpp - Files that are written whole or not at all ---------===//

#include "QuantPrep/Support/WholeFile.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Signals.h"

using namespace llvm;
using namespace quantprep;

Error quantprep::writeWholeFile(StringRef path,
                                function_ref<Error(StringRef)> write) {
  if (path == "-" || (sys::fs::exists(path) && !sys::fs::is_regular_file(path)))
    return write(path);
  // The file itself, where the path is a link to it; the path, where there is
  // no file yet.
  SmallString<128> target, part;
  if (sys::fs::real_path(path, target))
    target = path;
  sys::fs::createUniquePath(target + ".%%%%%%.tmp", part,
                            /*MakeAbsolute=*/false);
  sys::RemoveFileOnSignal(part);
  llvm::scope_exit cleanUp([&] {
    sys::fs::remove(part);
    sys::DontRemoveFileOnSignal(part);
  });
  if (Error error = write(part))
    return error;
  if (!sys::fs::exists(part))
    return Error::success();
  return errorCodeToError(sys::fs::rename(part, target));
}

Error quantprep::printWholeFile(StringRef path,
                                function_ref<void(raw_ostream &)> print) {
  return writeWholeFile(path, [&](StringRef part) -> Error {
    std::error_code error;
    raw_fd_ostream os(part, error);
    if (error)
      return errorCodeToError(error);
    print(os);
    os.flush();
    error = os.error();
    // What is left would abort the program when the stream goes away.
    os.clear_error();
    return errorCodeToError(error);
  });
}
