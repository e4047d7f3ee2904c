//===- HoverFilter.cpp - Completes what a server says of an op ------------===//

#include "HoverFilter.h"

#include "llvm/Support/FormatVariadic.h"

using namespace quantprep::lsp;
namespace json = llvm::json;

void quantprep::lsp::writeMessage(llvm::StringRef message,
                                  llvm::raw_ostream &os) {
  os << "Content-Length: " << message.size() << "\r\n\r\n" << message;
  os.flush();
}

static std::string getUri(const json::Object &params) {
  const json::Object *document = params.getObject("textDocument");
  return document ? document->getString("uri").value_or("").str() : "";
}

void HoverFilter::noteRequest(llvm::StringRef message) {
  llvm::Expected<json::Value> value = json::parse(message);
  // The server answers what cannot be read.
  if (!value)
    return llvm::consumeError(value.takeError());
  const json::Object *request = value->getAsObject();
  const json::Object *params = request ? request->getObject("params") : nullptr;
  if (!params)
    return;
  std::lock_guard<std::mutex> lock(mutex);
  llvm::StringRef method = request->getString("method").value_or("");
  std::string uri = getUri(*params);
  if (method == "textDocument/didOpen") {
    const json::Object *document = params->getObject("textDocument");
    if (document)
      documents.set(uri, document->getString("text").value_or(""));
  } else if (method == "textDocument/didChange") {
    // The server asks for whole texts.
    const json::Array *changes = params->getArray("contentChanges");
    const json::Object *last =
        changes && !changes->empty() ? changes->back().getAsObject() : nullptr;
    if (last)
      documents.set(uri, last->getString("text").value_or(""));
  } else if (method == "textDocument/didClose") {
    documents.erase(uri);
  } else if (method == "textDocument/hover") {
    const json::Object *position = params->getObject("position");
    const json::Value *id = request->get("id");
    if (position && id)
      hovers[llvm::formatv("{0}", *id)] = {
          uri, int(position->getInteger("line").value_or(0)),
          int(position->getInteger("character").value_or(0))};
  }
}

std::string HoverFilter::completeReply(std::string message) {
  std::lock_guard<std::mutex> lock(mutex);
  if (hovers.empty())
    return message;
  llvm::Expected<json::Value> value = json::parse(message);
  if (!value) {
    llvm::consumeError(value.takeError());
    return message;
  }
  json::Object *reply = value->getAsObject();
  const json::Value *id = reply ? reply->get("id") : nullptr;
  if (!id || reply->get("method"))
    return message;
  auto hover = hovers.find(llvm::formatv("{0}", *id));
  if (hover == hovers.end())
    return message;
  Place place = hover->second;
  hovers.erase(hover);

  json::Object *result = reply->getObject("result");
  json::Object *contents = result ? result->getObject("contents") : nullptr;
  if (!contents)
    return message;
  std::string words = documents.describe(place);
  if (words.empty())
    return message;
  words += "\n---\n\n";
  words += contents->getString("value").value_or("");
  (*contents)["value"] = std::move(words);
  (*contents)["kind"] = "markdown";
  return llvm::formatv("{0}", *value);
}
