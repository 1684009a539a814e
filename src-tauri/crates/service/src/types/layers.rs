//! Layers that are made from folders of the project.

/// The key of the layer that holds the packages of Python functions, as serverless-python-requirements names it.
pub const PACKAGES_OF_PYTHON: &str = "pythonRequirements";

/// Its logical id.
pub const LAYER_OF_PYTHON: &str = "PythonRequirementsLambdaLayer";
/// The key of the layer that holds the packages of Node functions.
pub const PACKAGES_OF_NODE: &str = "nodeModules";
/// Its logical id.
pub const LAYER_OF_NODE: &str = "NodeModulesLambdaLayer";

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
    /// The packages that it holds, when it is not made from a folder.
    pub packages: Option<PackagesOf>,
}

/// Whose packages a layer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackagesOf {
    /// Those that Python functions list.
    Python,
    /// Those of `node_modules`.
    Node,
}

/// How a layer of packages comes to the functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackagesLayer {
    /// `custom.pythonRequirements.layer`: functions refer to it themselves.
    Referred,
    /// `custom.pilothouse.dependencies`: each function has it.
    Joined,
}
