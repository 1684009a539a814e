//! Node code as it is packed, beside the real peer and the real plugin: bundles by esbuild, and `node_modules` of every
//! package manager.

mod bundles;
mod errors;
mod installed;
mod place;
