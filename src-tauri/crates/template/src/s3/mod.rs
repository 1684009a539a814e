//! `s3` events: of buckets that the stack makes, and of buckets that exist.

mod existing;
mod made;

use crate::draft::Draft;

/// What happens to objects, where an event does not say.
const NOTIFICATION: &str = "s3:ObjectCreated:*";

/// Adds the buckets and the permissions of all functions.
pub(crate) fn add(draft: &mut Draft<'_>) {
    made::add(draft);
    existing::add(draft);
}
