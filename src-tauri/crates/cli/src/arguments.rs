//! The command line, declared.

use clap::{Args, Parser, Subcommand, ValueEnum};
use pilothouse_api::asking::{Known, Road, with_answers};
use pilothouse_api::deploy::DeployRequest;
use pilothouse_api::project::{CodeConsent, ProjectRequest};
use pilothouse_api::{ApiError, Host};
use pilothouse_model::PlannedTarget;

use crate::calls::{ActivityArguments, InfoArguments, InvokeArguments, LogsArguments};
use crate::consent::ConsentArguments;
use crate::deploy::{ApplyArguments, DeployArguments, PlanArguments};
use crate::edit::{
    AddArguments, FormArguments, MoveArguments, RenameArguments, SetArguments, UnsetArguments,
};
use crate::explain::ExplainArguments;
use crate::looks::{DoctorArguments, ExampleArguments, ShowArguments};
use crate::new::NewArguments;
use crate::progress::watch;
use crate::remove::RemoveArguments;
use crate::request::RequestArguments;
use crate::sandbox::SandboxArguments;
use crate::secrets::SecretsArguments;
use crate::size::SizeArguments;

/// Deploy serverless applications to AWS, or to a local AWS on this computer.
#[derive(Debug, Parser)]
#[command(name = "pilothouse", version, about, propagate_version = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Write the CloudFormation templates and the archives, without credentials or a network
    Package(PackageArguments),
    /// Show how large archives are, what makes them so, and what would be left without some of it
    Size(SizeArguments),
    /// Show the service with every variable resolved
    Print(PrintArguments),
    /// Show what is wrong with the project, and nothing else
    Check(CheckArguments),
    /// Show what a key of the configuration is for, such as `functions.*.timeout`
    Explain(ExplainArguments),
    /// Change a value of the configuration, and nothing else in its file
    Set(SetArguments),
    /// Take a value out of the configuration
    Unset(UnsetArguments),
    /// Give something in the configuration another name
    Rename(RenameArguments),
    /// Give an item of a list another place
    Move(MoveArguments),
    /// Add a function, an event, an environment variable, a permission or a resource
    Add(AddArguments),
    /// Show what can be set at a path: its fields, what they are for, and what stands there
    Form(FormArguments),
    /// Show functions, events and resources as the files say them, each with its line
    Show(ShowArguments),
    /// Show what this computer has and lacks
    Doctor(DoctorArguments),
    /// Begin a service from a template, or list the templates
    New(NewArguments),
    /// List the examples, or copy one into a folder of yours
    Example(ExampleArguments),
    /// Show what a deploy would do, and do nothing
    Plan(PlanArguments),
    /// Bring the stack up to date: show the plan, ask, and do it
    Deploy(DeployArguments),
    /// Execute a plan that was saved, if everything it is bound to is still so
    Apply(ApplyArguments),
    /// Delete the stack and everything that deploys put into its bucket
    Remove(RemoveArguments),
    /// Call a deployed function
    Invoke(InvokeArguments),
    /// Call an endpoint over HTTP, signed where the service asks for it
    Request(RequestArguments),
    /// Show what a function wrote
    Logs(LogsArguments),
    /// Show what stands and where it answers
    Info(InfoArguments),
    /// Show what was done, newest first, with the command that repeats it
    Activity(ActivityArguments),
    /// Code of projects that may run because you said so for good: list it, or take it back
    Consent(ConsentArguments),
    /// Parameters and their values: list, store, compare, import, and show one
    Secrets(SecretsArguments),
    /// The local AWS of this computer
    Sandbox(SandboxArguments),
}

impl Verb {
    pub(crate) fn wants_json(&self) -> bool {
        match self {
            Self::Package(verb) => verb.project.json,
            Self::Size(verb) => verb.project.json,
            Self::Print(verb) => verb.project.json,
            Self::Check(verb) => verb.project.json,
            Self::Explain(verb) => verb.json,
            Self::Set(verb) => verb.edit.project.json,
            Self::Unset(verb) => verb.edit.project.json,
            Self::Rename(verb) => verb.edit.project.json,
            Self::Move(verb) => verb.edit.project.json,
            Self::Add(verb) => verb.wants_json(),
            Self::Form(verb) => verb.project.json,
            Self::Show(verb) => verb.project.json,
            Self::Doctor(verb) => verb.json,
            Self::New(verb) => verb.json,
            Self::Example(verb) => verb.json,
            Self::Plan(verb) => verb.project.json,
            Self::Deploy(verb) => verb.project.json,
            Self::Apply(verb) => verb.json,
            Self::Remove(verb) => verb.project.json,
            Self::Invoke(verb) => verb.project.json,
            Self::Request(verb) => verb.project.json,
            Self::Logs(verb) => verb.project.json,
            Self::Info(verb) => verb.project.json,
            Self::Activity(verb) => verb.json,
            Self::Consent(verb) => verb.wants_json(),
            Self::Secrets(verb) => verb.wants_json(),
            Self::Sandbox(verb) => verb.wants_json(),
        }
    }

    /// The project of a verb that can be begun anew once somebody consents to its code: nothing was done before.
    pub(crate) fn project_mut(&mut self) -> Option<&mut ProjectArguments> {
        match self {
            Self::Package(verb) => Some(&mut verb.project),
            Self::Size(verb) => Some(&mut verb.project),
            Self::Print(verb) => Some(&mut verb.project),
            Self::Check(verb) => Some(&mut verb.project),
            Self::Show(verb) => Some(&mut verb.project),
            Self::Plan(verb) if !verb.all => Some(&mut verb.project),
            Self::Deploy(verb) if !verb.all => Some(&mut verb.project),
            Self::Remove(verb) if !verb.all => Some(&mut verb.project),
            Self::Invoke(verb) => Some(&mut verb.project),
            Self::Request(verb) => Some(&mut verb.project),
            Self::Logs(verb) => Some(&mut verb.project),
            Self::Info(verb) => Some(&mut verb.project),
            _ => None,
        }
    }
}

/// What every verb that reads a project takes.
#[derive(Debug, Args)]
pub(crate) struct ProjectArguments {
    /// The project's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(crate) dir: String,

    /// The configuration file, relative to the project's folder
    #[arg(long, short = 'c', value_name = "FILE")]
    pub(crate) config: Option<String>,

    /// The stage; `provider.stage` or `dev` when absent
    #[arg(long, short = 's', value_name = "STAGE")]
    pub(crate) stage: Option<String>,

    /// The AWS Region; `provider.region` or `us-east-1` when absent
    #[arg(long, short = 'r', value_name = "REGION")]
    pub(crate) region: Option<String>,

    /// A parameter for `${param:NAME}`; can be given several times
    #[arg(long = "param", value_name = "NAME=VALUE")]
    pub(crate) params: Vec<String>,

    /// The AWS profile to act with
    #[arg(
        long,
        alias = "aws-profile",
        value_name = "NAME",
        conflicts_with = "sandbox"
    )]
    pub(crate) profile: Option<String>,

    /// Act on the local AWS of this computer instead of an account
    #[arg(long)]
    pub(crate) sandbox: bool,

    /// Print one JSON value instead of text
    #[arg(long)]
    pub(crate) json: bool,

    /// Allow the project's own code with this content hash to run, or `all` of it
    #[arg(long, value_name = "HASH|all")]
    pub(crate) allow_code: Vec<String>,
}

impl ProjectArguments {
    /// The request that use cases take.
    pub(crate) fn request(&self) -> ProjectRequest {
        ProjectRequest {
            folder: self.dir.clone(),
            config: self.config.clone(),
            stage: self.stage.clone(),
            region: self.region.clone(),
            params: self.params.clone(),
            profile: self.profile.clone(),
            consent: CodeConsent::from_words(&self.allow_code),
            known: Known::default(),
        }
    }

    /// Does work that reads the project, asking AWS for what its configuration takes from there.
    pub(crate) async fn read<T>(
        &self,
        host: &Host,
        work: impl Fn(&ProjectRequest) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let request = self.deploy_request();
        let (project, target) = (&request.project, &request.target);
        let tell = watch(self.json);
        let answered = with_answers(host, project, target, Road::Looking, &tell, work).await;
        answered.map(|(value, _)| value)
    }

    /// The request of use cases that reach a cloud.
    pub(crate) fn deploy_request(&self) -> DeployRequest {
        let target = if self.sandbox {
            PlannedTarget::Sandbox
        } else {
            PlannedTarget::Account {
                profile: self.profile.clone(),
            }
        };
        DeployRequest {
            package: None,
            without_files: false,
            project: self.request(),
            target,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct PackageArguments {
    #[command(flatten)]
    pub(crate) project: ProjectArguments,

    /// Where the templates and archives go, relative to the project's folder
    #[arg(
        long,
        short = 'o',
        visible_alias = "package",
        short_alias = 'p',
        value_name = "DIR"
    )]
    pub(crate) out: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct PrintArguments {
    #[command(flatten)]
    pub(crate) project: ProjectArguments,

    /// The form to print in
    #[arg(long, value_enum, default_value = "yaml")]
    pub(crate) format: PrintFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PrintFormat {
    Yaml,
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    pub(crate) project: ProjectArguments,
}
