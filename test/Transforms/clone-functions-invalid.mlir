// RUN: quant-prep-opt %s -verify-diagnostics -pass-pipeline='builtin.module(qprep-clone-functions)'

// expected-error @below {{there is no configuration in the module; run qprep-attach-config first}}
module {
}
