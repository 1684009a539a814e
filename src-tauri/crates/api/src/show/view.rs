//! A service as its files say it, in the words of the window and of `--json`.

use serde::Serialize;
use specta::Type;

/// A service for one stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Shown {
    /// The service's name.
    pub service: String,
    /// The configuration file's name.
    pub config: String,
    /// The stage it was resolved for.
    pub stage: String,
    /// Stages that the file names, the current one among them.
    pub stages: Vec<String>,
    /// The Region.
    pub region: String,
    /// The stack's name.
    pub stack: String,
    /// The profile that the file names.
    pub profile: Option<String>,
    /// Its functions, in the order written.
    pub functions: Vec<FunctionView>,
    /// Every resource that a deploy makes, in the template's order.
    pub resources: Vec<ResourceView>,
    /// The template's outputs: name, and description or value.
    pub outputs: Vec<NameValue>,
    /// How its parts hang together.
    pub drawing: Drawing,
}

/// A name and its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct NameValue {
    /// The name.
    pub name: String,
    /// The value.
    pub value: String,
}

/// One function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FunctionView {
    /// Its key in the service.
    pub key: String,
    /// Its name at AWS.
    pub name: String,
    /// Its description.
    pub description: Option<String>,
    /// Its handler; of an image what replaces the image's command, if anything does.
    pub handler: String,
    /// Its runtime; of an image `image`.
    pub runtime: String,
    /// The container image that it runs, without its registry.
    pub image: Option<String>,
    /// How its code is bundled, when it is.
    pub bundle: Option<BundleView>,
    /// Its memory in MB.
    pub memory: u32,
    /// Its time limit in seconds.
    pub timeout: u32,
    /// The names of its environment variables, the provider's among them.
    pub environment: Vec<String>,
    /// What triggers it.
    pub events: Vec<EventView>,
    /// What it may do, as `action` on `resource`, from the statements of its role.
    pub permissions: Vec<NameValue>,
    /// Where it is written.
    pub origin: Option<Origin>,
}

/// How the code of a function is bundled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BundleView {
    /// What bundles: `esbuild`.
    pub by: String,
    /// Packages that are not in the bundle: those of `dependencies` are packed beside it.
    pub external: Vec<String>,
}

/// What triggers a function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct EventView {
    /// The function.
    pub function: String,
    /// `http`, `httpApi`, `schedule`.
    pub kind: String,
    /// For people: `REST API`, `HTTP API`, `Schedule`.
    pub kind_words: String,
    /// `GET /hello`, `rate(1 hour)`.
    pub words: String,
    /// More: `signed requests only`, `API key`, `disabled`.
    pub notes: Vec<String>,
    /// Where it is written.
    pub origin: Option<Origin>,
}

/// A resource of the template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ResourceView {
    /// Its logical id.
    pub logical_id: String,
    /// Such as `AWS::Lambda::Function`.
    pub resource_type: String,
    /// For people: `Lambda function`.
    pub type_words: String,
    /// Where it comes from.
    pub origin: Option<Origin>,
}

/// Why something is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Origin {
    /// The file.
    pub file: String,
    /// The line, from one.
    pub line: u32,
    /// What is written there, such as `functions.hello`.
    pub path: String,
}

/// Nodes and edges; the layout is the window's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Type)]
pub struct Drawing {
    /// What there is.
    pub nodes: Vec<Node>,
    /// What leads where.
    pub edges: Vec<Edge>,
}

/// One thing of a drawing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Node {
    /// Unique in the drawing.
    pub id: String,
    /// What it is.
    pub kind: NodeKind,
    /// Its name.
    pub label: String,
    /// More, in a few words.
    pub note: String,
}

/// What a node is. The order is that of the columns, left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum NodeKind {
    /// Whoever calls over the internet.
    Internet,
    /// An API.
    Api,
    /// A schedule.
    Schedule,
    /// A function.
    Function,
    /// A key.
    Key,
    /// A secret or parameter.
    Secret,
    /// A table or database.
    Table,
    /// A bucket.
    Bucket,
    /// A queue, topic or stream.
    Queue,
    /// The network that functions run in.
    Network,
    /// Anything else.
    Other,
}

/// One arrow of a drawing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Edge {
    /// From this node.
    pub from: String,
    /// To that one.
    pub to: String,
    /// What goes along it: `GET /hello`, `ssm:GetParameter`.
    pub label: String,
}
