//! What serverless-python-requirements reads of a service.

use indexmap::IndexMap;

use super::PackagesLayer;

/// `custom.pythonRequirements` and the keys of functions, with the plugin's defaults still absent.
#[derive(Debug, Clone, Default)]
pub struct PythonRequirements {
    /// `fileName`.
    pub file_name: Option<String>,
    /// `usePipenv`.
    pub use_pipenv: Option<bool>,
    /// `usePoetry`.
    pub use_poetry: Option<bool>,
    /// `useUv`.
    pub use_uv: Option<bool>,
    /// `poetryWithGroups`.
    pub poetry_with: Vec<String>,
    /// `poetryWithoutGroups`.
    pub poetry_without: Vec<String>,
    /// `poetryOnlyGroups`.
    pub poetry_only: Vec<String>,
    /// `noDeploy`.
    pub no_deploy: Vec<String>,
    /// `slim`.
    pub slim: bool,
    /// `slimPatterns`.
    pub slim_patterns: Vec<String>,
    /// `slimPatternsAppendDefaults`.
    pub slim_defaults: Option<bool>,
    /// `strip`.
    pub strip: Option<bool>,
    /// `zip`.
    pub zip: bool,
    /// The packages are a layer.
    pub layer: Option<PackagesLayer>,
    /// `vendor`.
    pub vendor: Option<String>,
    /// `pipCmdExtraArgs`, as options and their values.
    pub pip_options: Vec<(String, Option<String>)>,
    /// `pythonBin`.
    pub python: Option<String>,
    /// Packages are fetched anew each time.
    pub refresh: bool,
    /// By function: `module`, the folder it is packed from.
    pub modules: IndexMap<String, String>,
    /// By function: `vendor`.
    pub vendors: IndexMap<String, String>,
}
