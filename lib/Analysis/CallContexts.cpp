//===- CallContexts.cpp - In which calls something holds ------------------===//

#include "QuantPrep/Analysis/CallContexts.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>
#include <utility>

using namespace mlir;
using namespace quantprep;

CallCondition CallCondition::operator&(const CallCondition &other) const {
  if (isNever() || other.isNever())
    return never();
  Arguments both;
  std::set_union(arguments->begin(), arguments->end(), other.arguments->begin(),
                 other.arguments->end(), std::back_inserter(both));
  return CallCondition(std::move(both));
}

CallCondition CallCondition::atCall(ArrayRef<CallCondition> operands) const {
  CallCondition result = *this;
  if (isNever())
    return result;
  result = always();
  for (unsigned argument : *arguments)
    result = result & operands[argument];
  return result;
}

/// Answers that were given before stay until a call of another kind comes:
/// whoever was given them is looked at again.
bool CallContexts::setCall(Function caller, size_t index, const Call &call) {
  std::deque<Call> &calls = callsIn[caller];
  if (index == calls.size()) {
    calls.push_back(call);
    callsOf[call.callee].emplace_back(caller, &calls.back());
  } else if (calls[index].operands == call.operands) {
    return false;
  }
  calls[index].operands = call.operands;
  changed.push_back(call.callee);
  auto &known = passed[{caller, call.callee}];
  if (llvm::is_contained(known, call.operands))
    return false;
  known.push_back(call.operands);
  answers.clear();
  return true;
}

std::vector<CallContexts::Function> CallContexts::takeChanged() {
  answers.clear();
  return std::exchange(changed, {});
}

/// What has to be so of a caller that passes operands under these conditions.
void CallContexts::addQuestions(const Question &question, Function caller,
                                ArrayRef<CallCondition> operands,
                                std::vector<Question> &questions) {
  CallCondition observed = CallCondition::always();
  for (unsigned argument : question.observed)
    observed = observed & operands[argument];
  if (observed.isNever())
    return;
  Question next{caller, observed.getArguments().vec(), std::nullopt};
  if (!question.unobserved || operands[*question.unobserved].isNever()) {
    questions.push_back(next);
    return;
  }
  for (unsigned argument : operands[*question.unobserved].getArguments())
    if (!llvm::is_contained(next.observed, argument)) {
      next.unobserved = argument;
      questions.push_back(next);
    }
}

/// What has to be so of any of the callers; empty in `observed` and
/// `unobserved` if nothing.
std::vector<CallContexts::Question>
CallContexts::getQuestions(const Question &question) const {
  std::vector<Question> questions;
  auto it = callsOf.find(question.function);
  if (it == callsOf.end())
    return questions;
  for (auto &[caller, call] : it->second)
    addQuestions(question, caller, call->operands, questions);
  return questions;
}

/// A search through the callers with a stack of its own: calls may be as deep
/// as the model. Answers are kept for all that lies on the way; what was left
/// before it was found may still get there, by recursion.
bool CallContexts::isReached(const Question &question) const {
  struct Step {
    Question question;
    std::vector<Question> callers;
    size_t next = 0;
  };
  std::vector<Step> way;
  std::vector<Question> left;
  bool isFound = false;
  auto enter = [&](const Question &asked) {
    if (asked.observed.empty() && !asked.unobserved) {
      isFound = true;
      return;
    }
    auto [it, isNew] = answers.try_emplace(asked, false);
    if (isNew)
      way.push_back({asked, getQuestions(asked)});
    else
      isFound = it->second;
  };
  enter(question);
  while (!isFound && !way.empty()) {
    Step &last = way.back();
    if (last.next < last.callers.size()) {
      enter(Question(last.callers[last.next++]));
      continue;
    }
    left.push_back(std::move(last.question));
    way.pop_back();
  }
  if (!isFound)
    return false;
  for (const Step &step : way)
    answers[step.question] = true;
  for (const Question &other : left)
    answers.erase(other);
  return true;
}

bool CallContexts::holdsSometimes(Function function,
                                  const CallCondition &condition) const {
  return !condition.isNever() &&
         isReached({function, condition.getArguments().vec(), std::nullopt});
}

bool CallContexts::failsSometimes(Function function,
                                  const CallCondition &condition) const {
  return differ(function, CallCondition::always(), condition);
}

bool CallContexts::differ(Function function, const CallCondition &holds,
                          const CallCondition &fails) const {
  if (holds.isNever())
    return false;
  if (fails.isNever())
    return holdsSometimes(function, holds);
  return llvm::any_of(fails.getArguments(), [&](unsigned argument) {
    return !llvm::is_contained(holds.getArguments(), argument) &&
           isReached({function, holds.getArguments().vec(), argument});
  });
}
