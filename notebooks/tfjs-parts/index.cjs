"use strict";
// danfojs asks for all of TensorFlow.js and uses tensors on the processor alone. Its readers of files need `data`, which
// only a browser has.
const core = require("@tensorflow/tfjs-core");
const layers = require("@tensorflow/tfjs-layers");
require("@tensorflow/tfjs-backend-cpu");

const { Tensor } = core;
/** Operations as methods of tensors, which the whole package adds and the core alone does not have. */
for (const [name, operation] of Object.entries(core)) {
  if (typeof operation !== "function" || !/^[a-z]/.test(name) || name in Tensor.prototype) continue;
  Object.defineProperty(Tensor.prototype, name, {
    value(...args) {
      return operation(this, ...args);
    },
    configurable: true,
    writable: true,
  });
}

module.exports = { ...layers, ...core };
