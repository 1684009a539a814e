//! What a service says about its Python packages.

use super::locks::PoetryGroups;

/// What a service says about its Python packages; the default is what the plugin does without a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PythonSettings {
    /// The name of the plain list.
    pub file_name: String,
    /// Whether `Pipfile.lock` is read.
    pub use_pipenv: bool,
    /// Whether `poetry.lock` is read.
    pub use_poetry: bool,
    /// Whether `uv.lock` is read: true before the plain list, absent when there is no plain list.
    pub use_uv: Option<bool>,
    /// Which groups of Poetry's are wanted.
    pub groups: PoetryGroups,
    /// Names of packages that are not packed.
    pub no_deploy: Vec<String>,
    /// Whether what a runtime does not need is left out.
    pub slim: bool,
    /// What else is left out then.
    pub slim_patterns: Vec<String>,
    /// Whether the usual patterns count beside those.
    pub slim_defaults: bool,
    /// Whether native libraries lose their symbols.
    pub strip: bool,
    /// Whether the packages are an archive in the archive.
    pub zip: bool,
    /// A folder whose content goes beside the packages.
    pub vendor: Option<String>,
    /// Options of pip that are handed on, as words.
    pub extra: Vec<(String, Option<String>)>,
    /// A Python that is asked before others.
    pub python: Option<String>,
    /// Whether what was fetched before is fetched anew.
    pub refresh: bool,
}

impl Default for PythonSettings {
    fn default() -> Self {
        Self {
            file_name: "requirements.txt".to_owned(),
            use_pipenv: true,
            use_poetry: true,
            use_uv: None,
            groups: PoetryGroups::default(),
            no_deploy: Vec::new(),
            slim: false,
            slim_patterns: Vec::new(),
            slim_defaults: true,
            strip: false,
            zip: false,
            vendor: None,
            extra: Vec::new(),
            python: None,
            refresh: false,
        }
    }
}
