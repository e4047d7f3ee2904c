//===- WriteFile.cpp - Write a file whole or not at all -------------------===//

#include "QuantPrep/Report/Report.h"

#include "llvm/Support/FileSystem.h"

using namespace llvm;
using namespace quantprep;

/// The stream's error, which it would otherwise abort on when destroyed.
static Error takeError(raw_fd_ostream &os) {
  os.flush();
  std::error_code error = os.error();
  os.clear_error();
  return errorCodeToError(error);
}

Error report::writeFile(StringRef path,
                        function_ref<void(raw_ostream &)> write) {
  if (path == "-") {
    write(outs());
    return takeError(outs());
  }
  if (sys::fs::exists(path) && !sys::fs::is_regular_file(path)) {
    std::error_code error;
    raw_fd_ostream os(path, error);
    if (error)
      return errorCodeToError(error);
    write(os);
    return takeError(os);
  }
  Expected<sys::fs::TempFile> file =
      sys::fs::TempFile::create(path + ".%%%%%%.tmp");
  if (!file)
    return file.takeError();
  Error failed = [&] {
    raw_fd_ostream os(file->FD, /*shouldClose=*/false);
    write(os);
    return takeError(os);
  }();
  if (failed)
    return joinErrors(std::move(failed), file->discard());
  return file->keep(path);
}
