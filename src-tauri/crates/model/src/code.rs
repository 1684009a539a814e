//! Stable ids of everything that can go wrong.

use std::fmt;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal,)+) => {
        /// The stable id of a problem: documented, searched for, never reused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code { $($(#[doc = $doc])+ $name,)+ }

        impl Code {
            /// Every code, in order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The text id, as printed and documented.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }

            /// One sentence on what it means.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),+),)+ }
            }
        }
    };
}

codes! {
    /// The project folder has no configuration file, or the named one does not exist.
    ConfigMissing = "CONFIG_MISSING",
    /// The configuration file cannot be read.
    ConfigUnreadable = "CONFIG_UNREADABLE",
    /// The configuration file is not valid YAML or JSON.
    ConfigSyntax = "CONFIG_SYNTAX",
    /// The configuration file exceeds a limit on size, depth or expansion.
    ConfigTooLarge = "CONFIG_TOO_LARGE",
    /// A key stands twice in one mapping.
    ConfigDuplicateKey = "CONFIG_DUPLICATE_KEY",
    /// A key that is required is missing.
    ConfigMissingKey = "CONFIG_MISSING_KEY",
    /// A key that does not exist here.
    ConfigUnknownKey = "CONFIG_UNKNOWN_KEY",
    /// A value of the wrong type or outside what is allowed.
    ConfigBadValue = "CONFIG_BAD_VALUE",
    /// A key that was replaced by another.
    ConfigDeprecated = "CONFIG_DEPRECATED",
    /// Two parts of the configuration contradict each other.
    ConfigConflict = "CONFIG_CONFLICT",
    /// An edit that cannot be made without changing more than was asked for.
    EditRefused = "EDIT_REFUSED",
    /// A file changed between looking at an edit and making it.
    EditConflict = "EDIT_CONFLICT",
    /// Code of the project that was allowed to run gave no value.
    CodeFailed = "CODE_FAILED",
    /// A configuration key, value or source that Pilothouse does not support, with the reason.
    NotYetSupported = "NOT_YET_SUPPORTED",
    /// A variable that is not written correctly.
    VariableSyntax = "VARIABLE_SYNTAX",
    /// A variable whose source does not exist.
    VariableUnknownSource = "VARIABLE_UNKNOWN_SOURCE",
    /// A variable that has no value and no fallback.
    VariableMissing = "VARIABLE_MISSING",
    /// Variables that refer to each other in a circle.
    VariableCycle = "VARIABLE_CYCLE",
    /// A variable that names a credential.
    VariableForbidden = "VARIABLE_FORBIDDEN",
    /// A plugin that is not built in, and cannot be run by consent.
    PluginUnknown = "PLUGIN_UNKNOWN",
    /// A secret stands where its value would be read by others, or where nothing can be done with it unread.
    SecretMisplaced = "SECRET_MISPLACED",
    /// The configuration asks AWS for values, and that was not done yet.
    CloudNotAsked = "CLOUD_NOT_ASKED",
    /// Something would run the project's code and has not been allowed.
    ConsentNeeded = "CONSENT_NEEDED",
    /// A plugin that is named but not built in or installed.
    PluginMissing = "PLUGIN_MISSING",
    /// No file is left to pack.
    PackageEmpty = "PACKAGE_EMPTY",
    /// A file that is never packed, for it could hold a secret or lies outside the project.
    PackageRefused = "PACKAGE_REFUSED",
    /// A file of the project cannot be read.
    PackageUnreadable = "PACKAGE_UNREADABLE",
    /// A file that the configuration names does not exist.
    PackageMissing = "PACKAGE_MISSING",
    /// An archive that is larger than Lambda takes.
    PackageTooLarge = "PACKAGE_TOO_LARGE",
    /// Node.js or an esbuild that can bundle is not to be had.
    BundleTool = "BUNDLE_TOOL",
    /// A setting of esbuild's that names what is not there or cannot be used.
    BundleSetting = "BUNDLE_SETTING",
    /// esbuild could not bundle the code of a function.
    BundleFailed = "BUNDLE_FAILED",
    /// Neither uv nor pip is there to fetch Python packages.
    PythonTool = "PYTHON_TOOL",
    /// A line or setting about Python packages that cannot be used.
    PythonRequirement = "PYTHON_REQUIREMENT",
    /// A lock of Python packages is missing or cannot be used.
    PythonLock = "PYTHON_LOCK",
    /// A Python package has no wheel for the function's runtime and processor.
    PythonNoWheel = "PYTHON_NO_WHEEL",
    /// The index of Python packages does not answer.
    PythonNetwork = "PYTHON_NETWORK",
    /// Python packages could not be fetched or built.
    PythonFetch = "PYTHON_FETCH",
    /// A path that leaves the project.
    PathOutside = "PATH_OUTSIDE",
    /// Writing a file failed.
    OutputUnwritable = "OUTPUT_UNWRITABLE",
    /// The sandbox needs a Python that is new enough and can make virtual environments.
    SandboxPython = "SANDBOX_PYTHON",
    /// The sandbox's packages could not be fetched: the network or the package index does not answer.
    SandboxNetwork = "SANDBOX_NETWORK",
    /// The disk is full, so the sandbox cannot be installed or kept.
    SandboxDiskFull = "SANDBOX_DISK_FULL",
    /// The sandbox's packages could not be installed.
    SandboxInstall = "SANDBOX_INSTALL",
    /// The sandbox does not start, stay up or stop.
    SandboxStart = "SANDBOX_START",
    /// A part of the sandbox could be reached from other computers, so it was stopped.
    SandboxExposed = "SANDBOX_EXPOSED",
    /// The folder of a new service is not empty.
    FolderTaken = "FOLDER_TAKEN",
    /// A file in Pilothouse's own folder cannot be used.
    DataFolder = "DATA_FOLDER",
    /// AWS, or the local AWS, does not answer.
    CloudSilent = "CLOUD_SILENT",
    /// The credentials are missing, wrong or too old.
    Credentials = "CREDENTIALS",
    /// You may not do this in the account.
    Denied = "DENIED",
    /// AWS asks to slow down, and waiting did not help.
    Throttled = "THROTTLED",
    /// What was asked for does not exist in the cloud.
    CloudMissing = "CLOUD_MISSING",
    /// AWS refuses a request.
    CloudRefused = "CLOUD_REFUSED",
    /// Another Pilothouse is working on the same stack.
    StackBusy = "STACK_BUSY",
    /// The stack goes on changing, and nobody waits for it any more.
    StackRunning = "STACK_RUNNING",
    /// A stack of that name exists that no deploy of this service made.
    StackForeign = "STACK_FOREIGN",
    /// The bucket that the service names for its releases does not exist.
    BucketMissing = "BUCKET_MISSING",
    /// A resource wants a name that is given already.
    ResourceNameTaken = "RESOURCE_NAME_TAKEN",
    /// The stack is in a state that only a person can get it out of.
    StackStuck = "STACK_STUCK",
    /// The stack does not exist.
    StackMissing = "STACK_MISSING",
    /// Services read from each other in a circle, so that none can be the first.
    ServiceCycle = "SERVICE_CYCLE",
    /// The folder has no service of its own, and holds several.
    SeveralServices = "SEVERAL_SERVICES",
    /// Of several services, some do not stand as wanted.
    ServicesMissing = "SERVICES_MISSING",
    /// A parameter that AWS would not take like this.
    SecretRules = "SECRET_RULES",
    /// A parameter was changed by somebody else since it was looked at, or exists where it was to be new.
    SecretMoved = "SECRET_MOVED",
    /// A file of values that cannot be read, or values that a file of that form cannot hold.
    SecretFile = "SECRET_FILE",
    /// CloudFormation cannot work out the change.
    ChangeSetFailed = "CHANGE_SET_FAILED",
    /// The template refers to something that is not in it.
    TemplateReference = "TEMPLATE_REFERENCE",
    /// Resources of the template refer to each other in a circle.
    TemplateCycle = "TEMPLATE_CYCLE",
    /// A resource has a property that AWS does not take, or lacks one that it needs.
    TemplateProperty = "TEMPLATE_PROPERTY",
    /// The template has more than CloudFormation takes.
    TemplateTooLarge = "TEMPLATE_TOO_LARGE",
    /// Two resources of the template have the same name.
    NameTaken = "NAME_TAKEN",
    /// The service has no endpoint of that method and path.
    EndpointMissing = "ENDPOINT_MISSING",
    /// The endpoint takes signed requests only, and the request is not signed.
    SignatureNeeded = "SIGNATURE_NEEDED",
    /// A fault of Pilothouse itself.
    Internal = "INTERNAL",
    /// What was asked was stopped by whoever asked for it.
    Cancelled = "CANCELLED",
    /// The system's browser did not open an address.
    NotOpened = "NOT_OPENED",
    /// The project that the window names is not one that was opened.
    ProjectUnknown = "PROJECT_UNKNOWN",
    /// The plan that was shown was executed or discarded, or the app was started again since.
    PlanGone = "PLAN_GONE",
    /// The task that the window names is not one of this process.
    TaskUnknown = "TASK_UNKNOWN",
    /// What was typed is not the name that was asked for.
    NameMistyped = "NAME_MISTYPED",
    /// The file is not a plan, or a plan of another version.
    PlanUnreadable = "PLAN_UNREADABLE",
    /// Something that the plan is bound to has moved on.
    PlanStale = "PLAN_STALE",
    /// CloudFormation would do something else than the plan shows.
    PlanDiffers = "PLAN_DIFFERS",
    /// A change of the stack was begun and failed.
    DeployFailed = "DEPLOY_FAILED",
    /// A function did not take its new code.
    CodeRefused = "CODE_REFUSED",
    /// The service has no function of that name, or it is not deployed.
    FunctionMissing = "FUNCTION_MISSING",
    /// The function was called and failed.
    FunctionFailed = "FUNCTION_FAILED",
    /// Something would be changed, and nobody confirmed it.
    NotConfirmed = "NOT_CONFIRMED",
    /// The command line is not understood.
    Usage = "USAGE",
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}
