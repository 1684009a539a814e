//! `show --live`: the drawing and the resources of a service with what stands of them. Nothing is packed for it, so code
//! is not compared, and the stack is only looked at.

use std::collections::HashMap;

use indexmap::IndexMap;
use pilothouse_deploy::{Beside, ResourceBeside, beside, leave_out};
use pilothouse_effects::{Cloud, CloudProblem, Stack, StackResource};
use pilothouse_model::{PlannedTarget, PropertyChange, Template};
use pilothouse_service::Service;
use pilothouse_template::{naming, unite};
use serde::Serialize;
use specta::Type;

use crate::asking::{Road, with_answers};
use crate::deploy::DeployRequest;
use crate::endpoints::endpoints;
use crate::package::{OnPaper, on_paper};
use crate::project::ProjectRequest;
use crate::show::{self, NameValue, Node, Origin, Origins, drawing};
use crate::target::{Watch, of_service, reach};
use crate::{ApiError, Host, nested, words};

/// A service with what stands of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Live {
    /// The stack's state in CloudFormation's word; none when there is no stack.
    pub status: Option<String>,
    /// Why it is in that state, when CloudFormation says so.
    pub reason: Option<String>,
    /// The account that was asked, or `sandbox`.
    pub account: String,
    /// The Region that was asked.
    pub region: String,
    /// The drawing's nodes that are of this stack.
    pub nodes: Vec<LiveNode>,
    /// What stands, is worth a place in the drawing, and is in the files no longer.
    pub gone: Vec<Node>,
    /// Every resource, of the files first.
    pub resources: Vec<LiveResource>,
    /// What was not asked or not answered, in words.
    pub unknown: Vec<String>,
}

/// How something of the files stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum LiveState {
    /// The files ask for it, and it does not stand.
    NotYet,
    /// It stands as the files have it.
    Stands,
    /// It stands, and the files say something else.
    Changed,
    /// It stands, and is in the files no longer.
    NoLonger,
}

impl LiveState {
    /// For people.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NotYet => "not there yet",
            Self::Stands => "stands",
            Self::Changed => "changed in the files",
            Self::NoLonger => "no longer in the files",
        }
    }
}

/// A node of the drawing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LiveNode {
    /// The node's id in the drawing.
    pub id: String,
    /// How it stands.
    pub state: LiveState,
    /// What is known of it: its id at AWS, its state there, its addresses.
    pub facts: Vec<NameValue>,
    /// What differs, property by property.
    pub changes: Vec<String>,
}

/// A resource of the files, of the stack, or of both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LiveResource {
    /// Its logical id.
    pub logical_id: String,
    /// Such as `AWS::Lambda::Function`.
    pub resource_type: String,
    /// For people.
    pub type_words: String,
    /// How it stands.
    pub state: LiveState,
    /// Its id in its service.
    pub physical_id: Option<String>,
    /// Such as `CREATE_COMPLETE`.
    pub status: Option<String>,
    /// What differs, property by property.
    pub changes: Vec<String>,
    /// Where it is written.
    pub origin: Option<Origin>,
}

/// A service, and what stands of it.
#[derive(Debug, Clone)]
pub struct Looked {
    /// The service as its files say it.
    pub read: show::Read,
    /// What stands.
    pub live: Live,
}

/// Reads a service and asks what stands of it.
///
/// # Errors
/// When the project is wrong, or the cloud does not answer at all. What it answers in part is told.
pub async fn live(host: &Host, request: &DeployRequest, watch: &Watch) -> Result<Looked, ApiError> {
    let (project, road) = (&request.project, Road::Acting("show"));
    let open = |asked: &ProjectRequest| on_paper(host, asked);
    let (paper, _) = with_answers(host, project, &request.target, road, watch, open).await?;
    let service = &paper.service;
    let stack = naming::stack_name(service);
    let target = of_service(&request.target, service);
    let holder = format!("show {stack}");
    let reached = reach(host, &target, &service.region, &holder, watch).await?;
    let cloud = &reached.cloud;
    let learnt = learn(cloud, &stack, nested::is_on(service)).await?;
    let account = match &target {
        PlannedTarget::Sandbox => "sandbox".to_owned(),
        PlannedTarget::Account { .. } => cloud.identity.whoami().await?.account,
    };
    let live = join(&paper, &learnt, cloud, account, &target);
    Ok(Looked {
        read: show::of_paper(paper),
        live,
    })
}

/// What was learnt of a stack.
#[derive(Debug, Default)]
struct Learnt {
    stack: Option<Stack>,
    template: Option<Template>,
    resources: Option<Vec<StackResource>>,
    unknown: Vec<String>,
}

async fn learn(cloud: &Cloud, name: &str, is_nested: bool) -> Result<Learnt, ApiError> {
    let found = cloud.stacks.describe(name).await?;
    let Some(stack) = found.filter(|stack| stack.status != "REVIEW_IN_PROGRESS") else {
        return Ok(Learnt::default());
    };
    let mut learnt = Learnt::default();
    let template = cloud.stacks.template(&stack.id).await;
    let resources = cloud.stacks.resources(&stack.id).await;
    if let (Err(problem), Err(_)) = (&template, &resources) {
        return Err(ApiError::from(problem.clone()));
    }
    learnt.template = match template {
        Ok(text) => text.as_deref().and_then(read),
        Err(problem) => {
            learnt
                .unknown
                .push(unanswered("The stack's template", problem));
            None
        }
    };
    if learnt.template.is_none() && learnt.unknown.is_empty() {
        let words =
            "The stack's template is not JSON: what of it differs from the files is not known";
        learnt.unknown.push(words.to_owned());
    }
    learnt.resources = match resources {
        Ok(resources) => Some(resources),
        Err(problem) => {
            learnt
                .unknown
                .push(unanswered("The stack's resources", problem));
            None
        }
    };
    learnt.stack = Some(stack);
    if is_nested {
        unfold(cloud, &mut learnt).await?;
    }
    Ok(learnt)
}

fn read(text: &str) -> Option<Template> {
    serde_json::from_str(text).ok().map(Template)
}

fn unanswered(what: &str, problem: CloudProblem) -> String {
    let error = ApiError::from(problem);
    format!("{what}: {}", error.title)
}

/// Puts what is in nested stacks beside what is in the stack.
async fn unfold(cloud: &Cloud, learnt: &mut Learnt) -> Result<(), ApiError> {
    const STACK: &str = "AWS::CloudFormation::Stack";
    let (Some(parent), Some(resources)) = (&learnt.template, &mut learnt.resources) else {
        return Ok(());
    };
    let mut parts = IndexMap::new();
    let mut inner = Vec::new();
    for part in resources.iter().filter(|one| one.kind == STACK) {
        let Some(arn) = &part.physical_id else {
            continue;
        };
        let text = cloud.stacks.template(arn).await?.unwrap_or_default();
        if let Some(template) = read(&text) {
            parts.insert(part.logical_id.clone(), template);
            inner.extend(cloud.stacks.resources(arn).await?);
        }
    }
    if parts.is_empty() {
        return Ok(());
    }
    let mut whole = unite(parent, &parts);
    let all = whole.section_mut("Resources");
    all.retain(|id, _| !parts.contains_key(id));
    resources.retain(|one| !parts.contains_key(&one.logical_id));
    resources.extend(inner);
    learnt.template = Some(whole);
    Ok(())
}

/// Whether CloudFormation's word for a resource says that it is there.
fn is_there(status: &str) -> bool {
    !matches!(status, "DELETE_COMPLETE" | "CREATE_FAILED")
}

fn join(
    paper: &OnPaper,
    learnt: &Learnt,
    cloud: &Cloud,
    account: String,
    target: &PlannedTarget,
) -> Live {
    let service = &paper.service;
    let mut wanted = paper.templates.update.clone();
    if *target == PlannedTarget::Sandbox {
        leave_out(&mut wanted, &pilothouse_sandbox::is_simulated);
    }
    let origins = Origins::of(service, &paper.resolved, &paper.findings.sources);
    let resources = resources(&wanted, learnt, &origins);
    let mut unknown = learnt.unknown.clone();
    if learnt.stack.is_some() && !service.functions.is_empty() {
        let words = "The code of functions is not compared here: a plan packs it and tells";
        unknown.push(words.to_owned());
    }
    let drawn = drawing::draw(service, &paper.templates.update);
    let addresses = addresses(service, learnt, cloud);
    let nodes = drawn.nodes.iter().filter_map(|node| {
        let ids = drawing::resources_of(&wanted, &node.id);
        live_node(node, &ids, &resources, &addresses)
    });
    let nodes = nodes.collect();
    let live = learnt.template.as_ref();
    let gone = resources
        .iter()
        .filter(|one| one.state == LiveState::NoLonger)
        .filter_map(|one| drawing::node_of(live?, &one.logical_id));
    Live {
        status: learnt.stack.as_ref().map(|stack| stack.status.clone()),
        reason: learnt.stack.as_ref().and_then(|stack| stack.reason.clone()),
        account,
        region: service.region.clone(),
        nodes,
        gone: gone.collect(),
        resources,
        unknown,
    }
}

/// By function: where it answers.
fn addresses(service: &Service, learnt: &Learnt, cloud: &Cloud) -> HashMap<String, Vec<String>> {
    let mut by_function: HashMap<String, Vec<String>> = HashMap::new();
    if let Some(stack) = &learnt.stack {
        for one in endpoints(service, &stack.outputs, &cloud.target) {
            let words = format!("{} {}", one.method, one.url);
            by_function.entry(one.function).or_default().push(words);
        }
    }
    by_function
}

fn resources(wanted: &Template, learnt: &Learnt, origins: &Origins) -> Vec<LiveResource> {
    let nothing = Template::default();
    let listed: Option<HashMap<&str, &StackResource>> = learnt.resources.as_ref().map(|all| {
        let there = all.iter().filter(|one| is_there(&one.status));
        there.map(|one| (one.logical_id.as_str(), one)).collect()
    });
    let live = learnt.template.as_ref().unwrap_or(&nothing);
    let compared = beside(live, wanted);
    let mut found: Vec<LiveResource> = Vec::new();
    for one in compared {
        let listing = listed.as_ref();
        let at_aws = listing.and_then(|all| all.get(one.logical_id.as_str()).copied());
        let stands = match listing {
            Some(_) => at_aws.is_some(),
            None => one.beside != Beside::New,
        };
        if let Some(state) = state(&one, stands) {
            found.push(live_resource(one, state, at_aws, origins));
        }
    }
    found
}

/// How a resource stands; nothing when it is neither wanted nor there.
fn state(one: &ResourceBeside, stands: bool) -> Option<LiveState> {
    Some(match (&one.beside, stands) {
        (Beside::Gone, false) => return None,
        (Beside::Gone, true) => LiveState::NoLonger,
        (_, false) => LiveState::NotYet,
        (Beside::Changed(_), true) => LiveState::Changed,
        (Beside::New | Beside::Same, true) => LiveState::Stands,
    })
}

fn live_resource(
    one: ResourceBeside,
    state: LiveState,
    at_aws: Option<&StackResource>,
    origins: &Origins,
) -> LiveResource {
    let changes = match &one.beside {
        Beside::Changed(places) if state == LiveState::Changed => {
            places.iter().map(change_words).collect()
        }
        _ => Vec::new(),
    };
    LiveResource {
        type_words: words::of_type(&one.kind),
        resource_type: one.kind,
        state,
        physical_id: at_aws.and_then(|found| found.physical_id.clone()),
        status: at_aws.map(|found| found.status.clone()),
        changes,
        origin: origins.of_resource(&one.logical_id),
        logical_id: one.logical_id,
    }
}

/// `MemorySize: 128, wanted 256`.
fn change_words(change: &PropertyChange) -> String {
    let path = change.path.strip_prefix("Properties.");
    let path = path.unwrap_or(&change.path);
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => format!("{path}: {before}, in the files {after}"),
        (None, Some(after)) => format!("{path}: in the files {after}"),
        (Some(before), None) => format!("{path}: {before}"),
        (None, None) => path.to_owned(),
    }
}

/// A node, when it stands for something of this stack.
fn live_node(
    node: &Node,
    ids: &[String],
    resources: &[LiveResource],
    addresses: &HashMap<String, Vec<String>>,
) -> Option<LiveNode> {
    let of_it: Vec<&LiveResource> = resources
        .iter()
        .filter(|one| ids.contains(&one.logical_id))
        .collect();
    let first = of_it.first()?.state;
    let state = match of_it.iter().all(|one| one.state == first) {
        true => first,
        false => LiveState::Changed,
    };
    let fact = |name: &str, value: &str| NameValue {
        name: name.to_owned(),
        value: value.to_owned(),
    };
    let mut facts = Vec::new();
    for one in &of_it {
        facts.extend(one.physical_id.iter().map(|id| fact("id", id)));
        facts.extend(one.status.iter().map(|status| fact("state", status)));
    }
    let key = node.id.strip_prefix("function:").unwrap_or_default();
    let own = addresses.get(key).into_iter().flatten();
    if state != LiveState::NotYet {
        facts.extend(own.map(|address| fact("address", address)));
    }
    Some(LiveNode {
        id: node.id.clone(),
        state,
        facts,
        changes: of_it.iter().flat_map(|one| one.changes.clone()).collect(),
    })
}

#[cfg(test)]
mod tests;
