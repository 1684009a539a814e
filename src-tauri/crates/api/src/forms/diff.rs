//! What changes in a file, line by line.

use serde::Serialize;
use specta::Type;

/// A line of a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DiffLine {
    /// What becomes of it.
    pub mark: DiffMark,
    /// Its number before, from one.
    pub old: Option<u32>,
    /// Its number afterwards, from one.
    pub new: Option<u32>,
    /// Its text.
    pub text: String,
}

/// What becomes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum DiffMark {
    /// It stays.
    Same,
    /// It is new.
    Added,
    /// It goes.
    Removed,
    /// Lines that stay are left out here.
    Gap,
}

/// Lines that stay around those that change.
const AROUND: usize = 3;
/// The most pairs of lines that are compared.
const MOST: usize = 4_000_000;

/// The lines that differ, with a few around them.
pub(super) fn diff(before: &str, after: &str) -> Vec<DiffLine> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let front = old.iter().zip(&new).take_while(|(one, other)| one == other);
    let front = front.count();
    let most = old.len().min(new.len()) - front;
    let pairs = old.iter().rev().zip(new.iter().rev()).take(most);
    let back = pairs.take_while(|(one, other)| one == other).count();
    let mut all = Vec::new();
    let same = |at: usize, other: usize, text: &str| DiffLine {
        mark: DiffMark::Same,
        old: number(at),
        new: number(other),
        text: text.to_owned(),
    };
    for (at, text) in old.iter().enumerate().take(front) {
        all.push(same(at, at, text));
    }
    let inner_old = old.get(front..old.len() - back).unwrap_or_default();
    let inner_new = new.get(front..new.len() - back).unwrap_or_default();
    middle(inner_old, inner_new, front, &mut all);
    for step in 0..back {
        let (at, other) = (old.len() - back + step, new.len() - back + step);
        all.push(same(at, other, old.get(at).copied().unwrap_or_default()));
    }
    shortened(all)
}

fn number(at: usize) -> Option<u32> {
    u32::try_from(at + 1).ok()
}

/// The longest common lines stay.
fn middle(old: &[&str], new: &[&str], from: usize, all: &mut Vec<DiffLine>) {
    let width = new.len() + 1;
    let compared = old.len().saturating_mul(new.len()) <= MOST;
    let mut longest = vec![0_u32; if compared { (old.len() + 1) * width } else { 0 }];
    let known = |longest: &[u32], at: usize, other: usize| {
        longest.get(at * width + other).copied().unwrap_or(0)
    };
    if compared {
        for (at, one) in old.iter().enumerate().rev() {
            for (other, two) in new.iter().enumerate().rev() {
                let length = if one == two {
                    known(&longest, at + 1, other + 1) + 1
                } else {
                    known(&longest, at + 1, other).max(known(&longest, at, other + 1))
                };
                if let Some(slot) = longest.get_mut(at * width + other) {
                    *slot = length;
                }
            }
        }
    }
    let (mut at, mut other) = (0, 0);
    loop {
        let line = match (old.get(at), new.get(other)) {
            (None, None) => return,
            (Some(one), Some(two)) if one == two && compared => {
                (at, other) = (at + 1, other + 1);
                (DiffMark::Same, one)
            }
            (Some(one), two)
                if two.is_none()
                    || known(&longest, at + 1, other) >= known(&longest, at, other + 1) =>
            {
                at += 1;
                (DiffMark::Removed, one)
            }
            (_, Some(two)) => {
                other += 1;
                (DiffMark::Added, two)
            }
            (Some(_), None) => return,
        };
        let (mark, text) = line;
        all.push(DiffLine {
            mark,
            old: (mark != DiffMark::Added)
                .then(|| number(from + at - 1))
                .flatten(),
            new: (mark != DiffMark::Removed)
                .then(|| number(from + other - 1))
                .flatten(),
            text: (*text).to_owned(),
        });
    }
}

/// Lines far from any change are left out.
fn shortened(all: Vec<DiffLine>) -> Vec<DiffLine> {
    let mut near = vec![false; all.len()];
    for (at, _) in all
        .iter()
        .enumerate()
        .filter(|(_, line)| line.mark != DiffMark::Same)
    {
        let from = at.saturating_sub(AROUND);
        for slot in near.iter_mut().skip(from).take(at + AROUND + 1 - from) {
            *slot = true;
        }
    }
    let mut out: Vec<DiffLine> = Vec::new();
    for (line, near) in all.into_iter().zip(near) {
        if near {
            out.push(line);
        } else if out.last().is_some_and(|last| last.mark != DiffMark::Gap) {
            out.push(DiffLine {
                mark: DiffMark::Gap,
                old: None,
                new: None,
                text: String::new(),
            });
        }
    }
    if out.last().is_some_and(|last| last.mark == DiffMark::Gap) {
        out.pop();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(before: &str, after: &str) -> String {
        let mark = |mark| match mark {
            DiffMark::Same => ' ',
            DiffMark::Added => '+',
            DiffMark::Removed => '-',
            DiffMark::Gap => '@',
        };
        let lines = diff(before, after);
        let lines = lines
            .iter()
            .map(|line| format!("{}{}", mark(line.mark), line.text));
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn lines_that_change_stand_between_those_around_them() {
        assert_eq!(said("a\nb\nc\n", "a\nx\nc\n"), " a\n-b\n+x\n c");
        assert_eq!(
            said("1\n2\n3\n4\n5\n6\n", "1\n2\n3\n4\n5\n6\n7\n"),
            " 4\n 5\n 6\n+7"
        );
        assert_eq!(said("a\n", "a\n"), "");
        let many = |middle: &str| format!("x\n{}y\n", middle);
        assert_eq!(
            said(
                &many("1\n2\n3\n4\n5\n6\n7\n8\n"),
                "z\n1\n2\n3\n4\n5\n6\n7\n8\nw\n"
            ),
            "-x\n+z\n 1\n 2\n 3\n@\n 6\n 7\n 8\n-y\n+w"
        );
    }
}
