//===- SwitchedProgram.h - Quantization that can be switched ----*- C++ -*-===//
//
// A calibrated model as a program in which the quantization of each unit can be
// switched on and off. It is cut into pieces, so that what is in front of a
// unit runs once for all units behind it.
//
//===----------------------------------------------------------------------===//

#ifndef QUANTPREP_COMPARE_SWITCHEDPROGRAM_H
#define QUANTPREP_COMPARE_SWITCHEDPROGRAM_H

#include "QuantPrep/Execution/Program.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace quantprep::compare {

class UnitGroups;

class SwitchedProgram {
public:
  /// Units that are quantized together, since the backend fuses them.
  struct Switch {
    /// The last one is that of the result.
    std::vector<std::string> labels;
    bool isUsed = false;
  };
  /// Two flags for each switch. The first, for the weights and the result of
  /// its units, and for what they read of no unit. The second, for what they
  /// read of others: that costs something where the others are float, and is by
  /// what observers have seen, whatever parameters they have.
  using Setting = std::vector<char>;
  /// What goes into a piece in one run.
  using Values = llvm::SmallVector<execution::Array>;

  /// Of a module whose observers have parameters. Where the constants of a unit
  /// are not those of the float module, its switch chooses between both. Says
  /// at the module what is wrong.
  static mlir::FailureOr<std::unique_ptr<SwitchedProgram>>
  create(mlir::ModuleOp calibrated, mlir::ModuleOp reference,
         llvm::StringRef entry);

  mlir::func::FuncOp getFunction() { return function; }
  llvm::ArrayRef<Switch> getSwitches() const { return switches; }
  Setting getAllOff() const { return Setting(2 * switches.size(), 0); }
  void set(Setting &setting, unsigned number, bool isOn) const {
    setting[number] = setting[switches.size() + number] = isOn;
  }
  /// The first piece that a setting changes.
  unsigned getFirstPiece(const Setting &setting) const;

  /// Runs from a piece on. `values` are what goes into it, and become the
  /// results; `keep` gets what goes into each piece.
  std::optional<execution::RunFailure>
  run(unsigned piece, Values &values, const Setting &setting,
      std::vector<Values> *keep = nullptr) const;

private:
  mlir::LogicalResult addSwitches(const UnitGroups &groups);
  mlir::LogicalResult switchParameters(const UnitGroups &groups,
                                       mlir::ModuleOp reference,
                                       llvm::StringRef entry);
  mlir::LogicalResult compile();

  mlir::OwningOpRef<mlir::ModuleOp> module;
  mlir::func::FuncOp function;
  std::vector<Switch> switches;
  /// For each flag, the first piece that asks it.
  std::vector<unsigned> firstPieces;
  std::vector<std::unique_ptr<execution::Program>> pieces;
};

} // namespace quantprep::compare

#endif // QUANTPREP_COMPARE_SWITCHEDPROGRAM_H
