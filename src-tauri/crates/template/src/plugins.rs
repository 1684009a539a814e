//! What built-in plugins add to the template.

mod domains;
mod own_roles;
mod scaling;

use crate::draft::Draft;

/// What is added when everything of the service's own stands, and before the user's resources are laid over.
pub(crate) fn add(draft: &mut Draft<'_>) {
    domains::add(draft);
    own_roles::add(draft);
    scaling::add(draft);
}
