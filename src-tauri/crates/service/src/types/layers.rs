//! Layers that are made from folders of the project.

/// One of `layers`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Layer {
    /// `path`: its folder, relative to the project's.
    pub path: String,
    /// `package.artifact`: a ready archive.
    pub artifact: Option<String>,
    /// `package.patterns`, after those of the older keys, relative to its folder.
    pub patterns: Vec<String>,
    /// `name`; its key when absent.
    pub name: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `licenseInfo`.
    pub license: Option<String>,
    /// `compatibleRuntimes`.
    pub runtimes: Vec<String>,
    /// `compatibleArchitectures`.
    pub architectures: Vec<String>,
    /// `allowedAccounts`: who else may use it; `*` is everybody.
    pub allowed_accounts: Vec<String>,
    /// `retain`: versions stay when another takes their place.
    pub retain: bool,
}
