//===- TestPasses.h - Passes that print what analyses find ------*- C++ -*-===//

#ifndef QUANTPREP_TEST_ANALYSIS_TESTPASSES_H
#define QUANTPREP_TEST_ANALYSIS_TESTPASSES_H

namespace quantprep::test {

void registerTestBoundaryDTypes();
void registerTestBoundaryGroups();
void registerTestFlowGraph();
void registerTestSharingGroups();
void registerTestValuePlacement();

} // namespace quantprep::test

#endif // QUANTPREP_TEST_ANALYSIS_TESTPASSES_H
