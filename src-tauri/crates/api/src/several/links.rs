//! What services read from each other, learnt from their configurations without asking a cloud.

use std::collections::{BTreeMap, BTreeSet};

use pilothouse_service::{CloudLookup, Question};
use pilothouse_template::naming;
use serde_json::Value;

use super::{Member, Outputs};
use crate::Host;
use crate::deploy::DeployRequest;
use crate::package::{OnPaper, on_paper};

/// The most times that values lead to further questions.
const MOST_ROUNDS: usize = 20;

/// What one service gives and takes.
#[derive(Debug, Default)]
struct Trade {
    /// Its stack's name, when it could be read.
    stack: Option<String>,
    /// Exports by their names.
    gives: BTreeSet<String>,
    /// Names of stacks whose outputs it reads, with the words for it.
    reads: BTreeMap<String, String>,
    /// Names of exports that it takes.
    takes: BTreeSet<String>,
}

/// Adds to the services what they read from each other.
pub(super) fn add(host: &Host, request: &DeployRequest, members: &mut [Member]) {
    let trades: Vec<Trade> = members
        .iter()
        .map(|member| trade(host, request, member))
        .collect();
    let names: Vec<String> = members.iter().map(|member| member.name.clone()).collect();
    for (at, member) in members.iter_mut().enumerate() {
        let Some(own) = trades.get(at) else {
            continue;
        };
        for (other, name) in trades.iter().zip(&names) {
            if *name == member.name {
                continue;
            }
            if let Some(words) = other.stack.as_ref().and_then(|stack| own.reads.get(stack)) {
                let reason = format!("reads {words}");
                member.needs.entry(name.clone()).or_insert(reason);
            }
            if let Some(export) = own.takes.intersection(&other.gives).next() {
                let reason = format!("imports {export}");
                member.needs.entry(name.clone()).or_insert(reason);
            }
        }
    }
}

/// Reads a service with values that stand in for what a cloud would answer. What cannot be read so says nothing
/// here; the deploy of it tells what is wrong.
fn trade(host: &Host, all: &DeployRequest, member: &Member) -> Trade {
    let mut trade = Trade::default();
    let Ok(request) = member.request(all, &member.pretended(&Outputs::new())) else {
        return trade;
    };
    let mut project = request.project;
    for _ in 0..MOST_ROUNDS {
        match on_paper(host, &project) {
            Ok(paper) => {
                trade.learn(&paper);
                break;
            }
            Err(error) => {
                let Some(wants) = error.wants else {
                    break;
                };
                for CloudLookup { question, .. } in wants.iter() {
                    if let Question::Output { stack, output } = question {
                        trade.reads.insert(stack.clone(), output.clone());
                    }
                }
                project.known.stand_in(&wants);
            }
        }
    }
    trade
}

impl Trade {
    fn learn(&mut self, paper: &OnPaper) {
        self.stack = Some(naming::stack_name(&paper.service));
        let template = &paper.templates.update;
        for output in template.section("Outputs").into_iter().flatten() {
            let name = output.1.pointer("/Export/Name");
            self.gives.extend(name.and_then(name_of));
        }
        imports(&Value::Object(template.0.clone()), &mut self.takes);
    }
}

/// An export's name as text: as it is written, or with the variables of `Fn::Sub` left standing, which are the same
/// on both sides when they name the account or the Region.
fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(map) => Some(map.get("Fn::Sub")?.as_str()?.to_owned()),
        _ => None,
    }
}

fn imports(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            found.extend(map.get("Fn::ImportValue").and_then(name_of));
            map.values().for_each(|inner| imports(inner, found));
        }
        Value::Array(list) => list.iter().for_each(|inner| imports(inner, found)),
        _ => {}
    }
}
