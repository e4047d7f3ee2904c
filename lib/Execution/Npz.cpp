//===- Npz.cpp - Files of arrays ------------------------------------------===//
//
// The archive is libzip's. It is written in memory first: libzip would put a
// new file in the place of whatever the path names, a device too.
//
//===----------------------------------------------------------------------===//

#include "QuantPrep/Execution/Npz.h"

#include "QuantPrep/Support/WholeFile.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

#include <cstring>
#include <zip.h>

using namespace llvm;
using namespace quantprep::execution;

static Error makeZipError(StringRef what, int code) {
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  Error made = createStringError(what + zip_error_strerror(&error));
  zip_error_fini(&error);
  return made;
}

static Error addName(StringRef name, Error error) {
  return createStringError("array '" + name +
                           "': " + toString(std::move(error)));
}

/// The bytes of entry `index`, whose size is known.
static Error readEntry(zip_t *archive, uint64_t index, char *bytes,
                       uint64_t size) {
  zip_file_t *file = zip_fopen_index(archive, index, 0);
  if (!file)
    return createStringError("it cannot be read: " +
                             Twine(zip_strerror(archive)));
  uint64_t done = 0;
  while (done < size) {
    int64_t count = zip_fread(file, bytes + done, size - done);
    if (count <= 0)
      break;
    done += count;
  }
  // Reading on to the end checks the sum of the bytes.
  char more;
  bool ended = done == size && zip_fread(file, &more, 1) == 0;
  zip_error_t *error = zip_file_get_error(file);
  std::string reason = zip_error_code_zip(error) == ZIP_ER_OK
                           ? "its size is another one"
                           : zip_error_strerror(error);
  zip_fclose(file);
  if (ended)
    return Error::success();
  return createStringError("it cannot be read to its end: " + reason +
                           "; save or copy it anew");
}

static Expected<NamedArray> readEntry(zip_t *archive, uint64_t index) {
  zip_stat_t stat;
  if (zip_stat_index(archive, index, 0, &stat) != 0)
    return createStringError(zip_strerror(archive));
  StringRef name = stat.name;
  name.consume_back(".npy");
  std::shared_ptr<char[]> bytes = allocateElements(stat.size);
  if (!bytes)
    return addName(name, createStringError("there is no memory for its " +
                                           Twine(stat.size) + " bytes"));
  if (Error error = readEntry(archive, index, bytes.get(), stat.size))
    return addName(name, std::move(error));
  Expected<Array> array = parseNpy(std::move(bytes), stat.size);
  if (!array)
    return addName(name, array.takeError());
  return NamedArray{name.str(), std::move(*array)};
}

static Expected<std::vector<NamedArray>> readNpz(StringRef path) {
  int code = 0;
  zip_t *archive = zip_open(path.str().c_str(), ZIP_RDONLY, &code);
  if (!archive)
    return makeZipError("it is no readable .npz: ", code);
  llvm::scope_exit close([&] { zip_discard(archive); });
  std::vector<NamedArray> arrays;
  for (int64_t i = 0, e = zip_get_num_entries(archive, 0); i < e; ++i) {
    Expected<NamedArray> array = readEntry(archive, i);
    if (!array)
      return array.takeError();
    arrays.push_back(std::move(*array));
  }
  return arrays;
}

static Expected<std::vector<NamedArray>> readNpy(const MemoryBuffer &file) {
  std::shared_ptr<char[]> bytes = allocateElements(file.getBufferSize());
  if (!bytes)
    return createStringError("there is no memory for its " +
                             Twine(file.getBufferSize()) + " bytes");
  std::memcpy(bytes.get(), file.getBufferStart(), file.getBufferSize());
  Expected<Array> array = parseNpy(std::move(bytes), file.getBufferSize());
  if (!array)
    return array.takeError();
  return std::vector<NamedArray>{{"", std::move(*array)}};
}

Expected<std::vector<NamedArray>>
quantprep::execution::readArrays(StringRef path) {
  auto file = MemoryBuffer::getFile(path, /*IsText=*/false,
                                    /*RequiresNullTerminator=*/false);
  if (!file)
    return errorCodeToError(file.getError());
  // What a file is, its first bytes say, not its name.
  if ((*file)->getBuffer().starts_with("PK"))
    return readNpz(path);
  return readNpy(**file);
}

/// Adds one array to the archive, which keeps `bytes` until it is closed.
static Error addEntry(zip_t *archive, StringRef name,
                      const std::string &bytes) {
  zip_source_t *source =
      zip_source_buffer(archive, bytes.data(), bytes.size(), /*freep=*/0);
  int64_t index = zip_file_add(archive, (name + ".npy").str().c_str(), source,
                               ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(source);
    return createStringError(zip_strerror(archive));
  }
  zip_set_file_compression(archive, index, ZIP_CM_STORE, 0);
  // The same arrays make the same file.
  zip_file_set_mtime(archive, index, /*mtime=*/315532800, 0);
  return Error::success();
}

/// The bytes of an archive that has been closed.
static Expected<std::string> readSource(zip_source_t *source) {
  zip_stat_t stat;
  if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0)
    return createStringError("the archive cannot be made");
  std::string bytes(stat.size, '\0');
  int64_t count = zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  if (count != int64_t(bytes.size()))
    return createStringError("the archive cannot be made");
  return bytes;
}

static Expected<std::string> formatNpz(ArrayRef<NamedArray> arrays) {
  zip_error_t error;
  zip_error_init(&error);
  llvm::scope_exit finish([&] { zip_error_fini(&error); });
  zip_source_t *source = zip_source_buffer_create(nullptr, 0, 0, &error);
  if (!source)
    return createStringError(zip_error_strerror(&error));
  zip_source_keep(source);
  llvm::scope_exit release([&] { zip_source_free(source); });
  zip_t *archive = zip_open_from_source(source, ZIP_TRUNCATE, &error);
  if (!archive)
    return createStringError(zip_error_strerror(&error));
  std::vector<std::string> entries;
  for (const NamedArray &array : arrays)
    entries.push_back(
        formatNpyHeader(array.array) +
        std::string(array.array.data.get(), array.array.getNumBytes()));
  for (auto [array, bytes] : llvm::zip(arrays, entries))
    if (Error added = addEntry(archive, array.name, bytes)) {
      zip_discard(archive);
      return added;
    }
  if (zip_close(archive) != 0) {
    Error closed = createStringError(zip_strerror(archive));
    zip_discard(archive);
    return closed;
  }
  return readSource(source);
}

Error quantprep::execution::writeNpz(StringRef path,
                                     ArrayRef<NamedArray> arrays) {
  Expected<std::string> bytes = formatNpz(arrays);
  if (!bytes)
    return bytes.takeError();
  return printWholeFile(path, [&](raw_ostream &os) { os << *bytes; });
}
