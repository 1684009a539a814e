//! Parameters and their values: what may be stored under which name, how many are read without being turned away, and
//! how they are changed so that nothing is lost.
//!
//! It knows neither files nor a screen, and no value leaves it but as a `Secret`: whoever compares two of them is given
//! keyed digests. The pieces: names and rules (`name`, `rules`, `policy`), pure and asked before any call; `compare` and
//! `import`, which say what would change; `reading` and `writing`, which ask the Parameter Store.
//!
//! The one invariant: the intent of each call that changes something, and of each that shows a value, is in the journal
//! before the call is sent; no value ever is.
#![deny(missing_docs)]

mod compare;
mod digest;
mod filter;
mod forms;
mod generate;
mod import;
mod labels;
mod name;
mod patience;
mod policy;
mod problem;
mod reading;
mod removal;
mod rules;
mod session;
mod tree;
mod writing;

pub use compare::{Difference, Row, Side, changes_between, compare};
pub use digest::{DigestKey, ValueDigest};
pub use filter::Filter;
pub use forms::{Form, Line, LineProblem, read_env, write};
pub use generate::{Alphabet, generate};
pub use import::{Fate, ImportPlan, ImportRow, Imported, Wanted, apply, plan};
pub use labels::{label, tag, tags, unlabel, untag};
pub use name::{MOST_LEVELS, MOST_NAME, NameProblem, ParameterName, relative};
pub use patience::{Means, Progress, Tell};
pub use policy::{Policy, PolicyProblem, Unit, policies_of, to_text};
pub use problem::SecretProblem;
pub use reading::{give_out, history, list, one, show, values};
pub use removal::{Kept, keep, put_back, remove};
pub use rules::{
    Broken, MOST_LABELS, check_labels, check_put, check_tags, most_bytes, smallest_tier,
};
pub use session::{Purpose, Session};
pub use tree::{Branch, tree};
pub use writing::{Edit, Written, set};
