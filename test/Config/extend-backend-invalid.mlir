// RUN: quant-prep-opt %s --split-input-file --verify-diagnostics --qprep-attach-config

qprep.config @unknown_preset backend @mine {
  qprep.assign global "fbgemm"
  // expected-error @below {{unknown backend preset 'nativ'; known are executorch, fbgemm}}
  qprep.backend @mine extends "nativ" {}
}

// -----

qprep.config @unknown_symbol backend @mine {
  qprep.assign global "fbgemm"
  // expected-error @below {{extends @base, which is no qprep.backend beside it; define it there, or name a preset in quotes}}
  qprep.backend @mine extends @base {}
}

// -----

qprep.config @in_a_circle backend @a {
  qprep.assign global "fbgemm"
  qprep.backend @a extends @b {}
  // expected-error @below {{extends @a, which extends this one}}
  qprep.backend @b extends @a {}
}

// -----

qprep.config @removes_what_is_not_there backend @mine {
  qprep.assign global "fbgemm"
  qprep.backend @mine extends "native" {
    // expected-error @below {{there is no pattern @max_pol2d to remove in the backend that is extended; did you mean 'max_pool2d'?}}
    qprep.remove @max_pol2d
  }
}

// -----

qprep.backend @removes_from_nothing {
  // expected-error @below {{has nothing to remove from: the backend extends no other}}
  qprep.remove @softmax
}

// -----

qprep.backend @gap {
  // expected-error @below {{expected the observation type of 1 tensor operands; numbers begin with 0 and have no gap}}
  qprep.pattern @add by_operands {0 different, 2 shared} dtypes [] { %0 = qprep.node add }
}

// -----

qprep.backend @neither {
  // expected-error @below {{has an observation type by number of operands that is neither different nor shared}}
  qprep.pattern @add by_operands {0 by_operands} dtypes [] { %0 = qprep.node add }
}

// -----

qprep.backend @without_the_word {
  // expected-error @below {{has observation types by number of operands, but is not by_operands}}
  "qprep.pattern"() <{sym_name = "add", observation = 0 : i32, by_operands = array<i64: 0>, dtypes = []}> ({
    %0 = "qprep.node"() <{kind = 10 : i32, operandSegmentSizes = array<i32: 0>}> : () -> !qprep.value
  }) : () -> ()
}
