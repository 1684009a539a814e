//! `explain`: what a key of the configuration is for, from the table that files are checked with.

use pilothouse_model::Code;
pub use pilothouse_service::language::Documentation;
use pilothouse_service::language::{explain as look_up, near_path};

use crate::{ApiError, Kind};

/// What is known of the key at a path such as `functions.*.timeout`; numbers of list items may be left out.
///
/// # Errors
/// When there is no such key.
pub fn explain(path: &str) -> Result<Documentation, ApiError> {
    look_up(path).ok_or_else(|| {
        let hint = near_path(path).map_or_else(
            || "`pilothouse explain` lists the keys at the top of the file".to_owned(),
            |near| format!("Did you mean `{near}`?"),
        );
        ApiError::new(
            Code::ConfigUnknownKey,
            Kind::User,
            format!("there is no key `{path}`"),
        )
        .detail("it is not in the table of keys that configurations are checked with")
        .hint(hint)
    })
}
