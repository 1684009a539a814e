//! Which resource lies in which stack, without a circle between stacks and within their bounds.
//!
//! A nested stack counts as one thing that needs all that its resources need; a resource of the parent, or one that
//! has no place yet, counts as itself. A resource is put into a nested stack only when no circle of such things
//! comes of it. To leave one in the parent never makes a circle, and neither does a nested stack of its own.

use std::collections::BTreeSet;

use super::graph::Graph;
use super::{Live, MostOfOne};

/// The parent.
pub(super) const PARENT: usize = 0;

/// A nested stack that is being filled.
#[derive(Debug)]
pub(super) struct Bin {
    /// Its logical id in the parent.
    pub(super) name: String,
    /// Its resources.
    pub(super) members: BTreeSet<usize>,
}

/// The places of all resources.
#[derive(Debug)]
pub(super) struct Places<'g> {
    pub(super) graph: &'g Graph<'g>,
    most: MostOfOne,
    /// By resource: [`PARENT`], the number of a nested stack (from one), or nothing yet.
    pub(super) of: Vec<Option<usize>>,
    /// The nested stacks; the first one has the number one.
    pub(super) bins: Vec<Bin>,
    in_parent: usize,
}

impl<'g> Places<'g> {
    pub(super) fn new(graph: &'g Graph<'g>, most: MostOfOne) -> Self {
        Self {
            graph,
            most,
            of: vec![None; graph.ids.len()],
            bins: Vec::new(),
            in_parent: 0,
        }
    }

    /// Everything that lives stays where it is.
    pub(super) fn pin(&mut self, live: &Live) {
        for (number, id) in self.graph.ids.iter().enumerate() {
            if live.parent.contains(*id) {
                self.put(&[number], PARENT);
            }
        }
        for (name, ids) in &live.nested {
            let numbers = ids
                .iter()
                .filter_map(|id| self.graph.numbers.get(id.as_str()));
            let members: Vec<usize> = numbers
                .copied()
                .filter(|number| self.place(*number).is_none())
                .collect();
            if !members.is_empty() && !self.graph.numbers.contains_key(name.as_str()) {
                let bin = self.bin(name);
                self.put(&members, bin);
            }
        }
    }

    pub(super) fn place(&self, number: usize) -> Option<usize> {
        self.of.get(number).copied().flatten()
    }

    /// The number of the nested stack of that name, made when there is none.
    pub(super) fn bin(&mut self, name: &str) -> usize {
        if let Some(at) = self.bins.iter().position(|bin| bin.name == name) {
            return at + 1;
        }
        self.bins.push(Bin {
            name: name.to_owned(),
            members: BTreeSet::new(),
        });
        self.bins.len()
    }

    /// Puts resources somewhere, whatever comes of it.
    pub(super) fn put(&mut self, group: &[usize], place: usize) {
        self.take(group);
        for number in group {
            if let Some(slot) = self.of.get_mut(*number) {
                *slot = Some(place);
            }
            if place == PARENT {
                self.in_parent += 1;
            } else if let Some(bin) = self.bins.get_mut(place - 1) {
                bin.members.insert(*number);
            }
        }
    }

    fn take(&mut self, group: &[usize]) {
        for number in group {
            let Some(before) = self.of.get_mut(*number).and_then(Option::take) else {
                continue;
            };
            if before == PARENT {
                self.in_parent -= 1;
            } else if let Some(bin) = self.bins.get_mut(before - 1) {
                bin.members.remove(number);
            }
        }
    }

    /// How many resources the parent has, its nested stacks among them.
    pub(super) fn parent_count(&self) -> usize {
        self.in_parent + self.bins.len()
    }

    /// Puts resources, which have no place yet, into a nested stack, when it has room and no circle comes of it.
    pub(super) fn try_bin(&mut self, group: &[usize], place: usize, most: usize) -> bool {
        self.put(group, place);
        let fine = self.fits(place, most) && !self.is_in_circle(place);
        if !fine {
            self.take(group);
        }
        fine
    }

    /// Puts resources, which have no place yet, into a nested stack of their own.
    pub(super) fn try_new(&mut self, group: &[usize], name: &str) -> bool {
        if self.parent_count() >= self.most.resources {
            return false;
        }
        let place = self.bin(name);
        if self.try_bin(group, place, self.most.comfortable()) {
            return true;
        }
        self.bins.pop();
        false
    }

    /// A circle among the stacks: the nested one that is in it.
    pub(super) fn circle(&self) -> Option<usize> {
        (1..=self.bins.len()).find(|place| self.is_in_circle(*place))
    }

    /// What a nested stack has to be given, and what it has to give. Resources without a place count as elsewhere,
    /// so that what fits now fits when they have one.
    pub(super) fn crossings(&self, place: usize) -> (usize, usize) {
        let Some(bin) = self.bins.get(place - 1) else {
            return (0, 0);
        };
        let has = |number: &usize| bin.members.contains(number);
        let mut given = BTreeSet::new();
        let mut gives = 0;
        for member in &bin.members {
            for link in self.graph.uses.get(*member).into_iter().flatten() {
                let target = self.graph.links.get(*link).and_then(|link| link.target);
                if !target.is_some_and(|target| has(&target)) {
                    given.insert(*link);
                }
            }
            let leading = self.graph.led_by.get(*member).into_iter().flatten();
            gives += leading
                .filter_map(|link| self.graph.links.get(*link))
                .filter(|link| link.in_outputs || link.users.iter().any(|user| !has(user)))
                .count();
        }
        (given.len(), gives)
    }

    fn fits(&self, place: usize, most: usize) -> bool {
        /// About how many bytes a parameter or an output has in a template.
        const BYTES_OF_A_CROSSING: usize = 400;
        let Some(bin) = self.bins.get(place - 1) else {
            return false;
        };
        // One more may be needed to stand for resources that all have a condition.
        if bin.members.len() >= most {
            return false;
        }
        let bytes = bin
            .members
            .iter()
            .filter_map(|member| self.graph.bytes.get(*member));
        let (given, gives) = self.crossings(place);
        given <= self.most.parameters
            && gives <= self.most.outputs
            && bytes.sum::<usize>() + (given + gives) * BYTES_OF_A_CROSSING
                < self.most.bytes / 10 * 9
    }

    fn is_in_circle(&self, place: usize) -> bool {
        let count = self.bins.len() + 1;
        let thing = |number: usize| match self.place(number) {
            Some(place) if place != PARENT => place,
            _ => count + number,
        };
        let mut seen = vec![false; count + self.graph.ids.len()];
        let mut open = vec![place];
        while let Some(here) = open.pop() {
            let own = here.checked_sub(count).into_iter();
            let members = self.bins.get(here.wrapping_sub(1)).into_iter();
            let members = own.chain(members.flat_map(|bin| bin.members.iter().copied()));
            for next in
                members.flat_map(|member| self.graph.edges.get(member).into_iter().flatten())
            {
                let next = thing(*next);
                if next == place && here != place {
                    return true;
                }
                if next != here
                    && let Some(seen) = seen.get_mut(next)
                    && !*seen
                {
                    *seen = true;
                    open.push(next);
                }
            }
        }
        false
    }
}
