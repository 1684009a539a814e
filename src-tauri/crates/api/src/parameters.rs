//! Parameters and their values: what `secrets` of the command and the page of the same name do.
//!
//! No value is in any answer but that of [`reveal`]; what differs is told by keyed digests.

mod change;
mod comparing;
mod export;
mod files;
mod look;
mod problem;
mod removing;
mod reveal;
mod store;
mod view;
mod words;

pub use change::{
    CheckedSecret, NewValue, SecretDraft, SetDone, SetRequest, TagChange, check, label, restore,
    set, tag, unlabel,
};
pub use comparing::{CompareRow, CompareSide, Comparison, compare, prepare_copy};
pub use export::{Exported, export, save};
pub use files::{
    FileForm, ImportRequest, ImportRowView, ImportView, ImportedView, PreparedImport, form_of,
    prepare_import, value_of_file,
};
pub use look::{ListRequest, diff, find, list, show, tree};
pub use pilothouse_secrets::{Alphabet, Filter, Progress};
pub use removing::{PreparedDeletion, Undo, prepare_deletion, put_back};
pub use reveal::{Revealed, reveal};
pub use store::{Store, StoreRequest, open};
pub use view::{
    BranchView, BrokenView, DifferenceView, ParameterDetails, ParameterType, ParameterView,
    TagView, Tier, UnreadPart, VersionView,
};
pub use words::words_of;
