//===- quant-prep-lsp-server.cpp - The language server --------------------===//
//
// Upstream's server with our dialect, and with more to say of an op than its
// generic form. As upstream has no place for that, the server is a process of
// its own, and this one hands its messages on and completes the hovers.
//
//===----------------------------------------------------------------------===//

#include "HoverFilter.h"

#include "QuantPrep/InitAll.h"

#include "mlir/InitAllDialects.h"
#include "mlir/InitAllExtensions.h"
#include "mlir/Tools/mlir-lsp-server/MlirLspServerMain.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/LSP/Transport.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace quantprep::lsp;

/// Messages of the editor to the server; at the end of them the server's input
/// ends too.
static void toServer(HoverFilter &filter, int server) {
  llvm::raw_fd_ostream os(server, /*shouldClose=*/true);
  llvm::lsp::JSONTransportInputOverFile input(stdin);
  std::string message;
  while (!input.isEndOfInput() && !input.hasError()) {
    if (mlir::failed(input.readStandardMessage(message)))
      continue;
    filter.noteRequest(message);
    writeMessage(message, os);
  }
}

/// Messages of the server to the editor, until it ends.
static void toEditor(HoverFilter &filter, int server) {
  std::FILE *file = fdopen(server, "r");
  llvm::lsp::JSONTransportInputOverFile input(file);
  std::string message;
  while (!input.isEndOfInput() && !input.hasError()) {
    if (mlir::failed(input.readStandardMessage(message)))
      continue;
    writeMessage(filter.completeReply(message), llvm::outs());
  }
  std::fclose(file);
}

/// Runs upstream's server behind the filter; returns its exit code.
static int runFiltered(mlir::DialectRegistry &registry,
                       llvm::function_ref<int()> serve) {
  int requests[2], replies[2];
  if (pipe(requests) != 0 || pipe(replies) != 0) {
    std::perror("quant-prep-lsp-server: pipe");
    return EXIT_FAILURE;
  }
  pid_t server = fork();
  if (server < 0) {
    std::perror("quant-prep-lsp-server: fork");
    return EXIT_FAILURE;
  }
  if (server == 0) {
    dup2(requests[0], STDIN_FILENO);
    dup2(replies[1], STDOUT_FILENO);
    for (int fd : {requests[0], requests[1], replies[0], replies[1]})
      close(fd);
    return serve();
  }
  close(requests[0]);
  close(replies[1]);
  // A server that has ended is seen by the end of its replies.
  std::signal(SIGPIPE, SIG_IGN);
  HoverFilter filter(registry);
  // Left to itself at the end: it may wait for an editor that is silent.
  std::thread(toServer, std::ref(filter), requests[1]).detach();
  toEditor(filter, replies[0]);
  int status = 0;
  waitpid(server, &status, 0);
  llvm::outs().flush();
  _exit(WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE);
}

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  mlir::registerAllDialects(registry);
  mlir::registerAllExtensions(registry);
  quantprep::registerAllDialects(registry);
  llvm::cl::SetVersionPrinter(quantprep::printVersion);
  auto serve = [&] {
    return mlir::failed(mlir::MlirLspServerMain(argc, argv, registry))
               ? EXIT_FAILURE
               : EXIT_SUCCESS;
  };
  // Options are for tests of the transport, and for --help.
  return argc > 1 ? serve() : runFiltered(registry, serve);
}
