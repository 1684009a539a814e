//! The window's desk: what is open on it (projects, plans, tasks), and what the window may ask.
//!
//! The one room with state between calls. The use cases themselves are in `api`; here they are given ids, kept
//! running when a page goes away, and told in numbered events, so that a page that comes back misses nothing.
//! It knows no Tauri: its tests run without a window.
#![deny(missing_docs)]

pub mod wire;
