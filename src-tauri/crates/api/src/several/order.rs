//! In which order services stand up, and what becomes of the others when one fails. Pure.

use std::collections::{BTreeMap, BTreeSet};

use super::Member;

/// The services, each after those it needs; of several that could be next the first one in the folder's order.
///
/// # Errors
/// With the names along a circle; the first stands at its end again.
pub(super) fn sorted(mut members: Vec<Member>) -> Result<Vec<Member>, Vec<String>> {
    let names: BTreeSet<String> = members.iter().map(|member| member.name.clone()).collect();
    for member in &mut members {
        let own = member.name.clone();
        member
            .needs
            .retain(|name, _| names.contains(name) && *name != own);
    }
    let mut levels: BTreeMap<String, usize> = BTreeMap::new();
    let mut done: Vec<Member> = Vec::new();
    while !members.is_empty() {
        let next = members
            .iter()
            .position(|member| member.needs.keys().all(|name| levels.contains_key(name)));
        let Some(next) = next else {
            return Err(circle(&members));
        };
        let mut member = members.remove(next);
        let above = member.needs.keys().filter_map(|name| levels.get(name));
        member.level = above.max().map_or(0, |level| level + 1);
        levels.insert(member.name.clone(), member.level);
        done.push(member);
    }
    // A stable sort: what does not need each other stays in the folder's order.
    done.sort_by_key(|member| member.level);
    Ok(done)
}

/// One circle among services of which each waits for another of them.
fn circle(waiting: &[Member]) -> Vec<String> {
    let of = |name: &str| waiting.iter().find(|member| member.name == name);
    let mut chain: Vec<String> = Vec::new();
    let mut next = waiting.first();
    while let Some(member) = next {
        if let Some(at) = chain.iter().position(|name| *name == member.name) {
            chain.drain(..at);
            chain.push(member.name.clone());
            return chain;
        }
        chain.push(member.name.clone());
        next = member.needs.keys().find_map(|name| of(name));
    }
    chain
}

/// What became of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It stands as wanted.
    Done,
    /// It failed, with the reason in one sentence.
    Failed(String),
    /// It was not begun, because of that service.
    Held(String),
}

/// A walk over services in their order, or in reverse: what fails holds back what leans on it, and nothing else.
#[derive(Debug, Clone, Default)]
pub struct Round {
    /// What became of each, in the order in which it was told.
    pub fates: Vec<(String, Fate)>,
}

impl Round {
    /// The service for which this one cannot be deployed.
    pub fn held(&self, member: &Member) -> Option<&str> {
        member.needs.keys().find_map(|name| self.spoilt(name))
    }

    /// The service for which this one cannot be removed: one that still leans on it.
    pub fn leaned_on<'a>(&'a self, name: &str, members: &'a [Member]) -> Option<&'a str> {
        let mut leaning = members
            .iter()
            .filter(|member| member.needs.contains_key(name));
        leaning.find_map(|member| self.spoilt(&member.name))
    }

    fn spoilt(&self, name: &str) -> Option<&str> {
        let fate = self.fates.iter().find(|(of, _)| of == name);
        fate.filter(|(_, fate)| *fate != Fate::Done)
            .map(|(of, _)| of.as_str())
    }

    /// Remembers what became of a service.
    pub fn tell(&mut self, name: &str, fate: Fate) {
        self.fates.push((name.to_owned(), fate));
    }

    /// How many do not stand as wanted.
    pub fn missing(&self) -> usize {
        let done = |(_, fate): &&(String, Fate)| *fate != Fate::Done;
        self.fates.iter().filter(done).count()
    }
}
