//! Names as a tree of paths.

use std::collections::BTreeMap;

/// A path with names below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The whole path, such as `/polls/prod`.
    pub path: String,
    /// Its last level.
    pub name: String,
    /// How deep it lies, from zero.
    pub depth: usize,
    /// How many parameters are below it, however deep.
    pub count: usize,
}

/// The paths of some names, each before what is below it, sorted. Names without levels are in no path.
pub fn tree<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<Branch> {
    // Levels as keys: sorted by them, `/a/b` comes before `/a-c`, which sorted as texts it does not.
    let mut counts: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    for name in names {
        let Some(inner) = name.strip_prefix('/') else {
            continue;
        };
        let mut levels: Vec<&str> = inner.split('/').collect();
        while levels.pop().is_some() && !levels.is_empty() {
            *counts.entry(levels.clone()).or_default() += 1;
        }
    }
    let branch = |(levels, count): (Vec<&str>, usize)| Branch {
        path: format!("/{}", levels.join("/")),
        name: levels.last().copied().unwrap_or_default().to_owned(),
        depth: levels.len().saturating_sub(1),
        count,
    };
    counts.into_iter().map(branch).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_path_counts_what_is_below_it_and_comes_before_it() {
        let names = [
            "/polls/prod/db/host",
            "/polls/prod/db/user",
            "/polls/dev/x",
            "/polls-old/x",
            "plain",
            "/top",
        ];
        let told: Vec<(String, usize, usize)> = tree(names)
            .into_iter()
            .map(|branch| (branch.path, branch.depth, branch.count))
            .collect();
        let expected = [
            ("/polls", 0, 3),
            ("/polls/dev", 1, 1),
            ("/polls/prod", 1, 2),
            ("/polls/prod/db", 2, 2),
            ("/polls-old", 0, 1),
        ];
        let expected: Vec<_> = expected
            .iter()
            .map(|(path, depth, count)| ((*path).to_owned(), *depth, *count))
            .collect();
        assert_eq!(told, expected);
    }

    proptest! {
        #[test]
        fn the_top_paths_hold_every_name_with_levels(names in prop::collection::vec("(/[a-c]{1,2}){1,4}", 0..40)) {
            let below = names.iter().filter(|name| name.matches('/').count() > 1).count();
            let tops = tree(names.iter().map(String::as_str));
            let sum: usize = tops.iter().filter(|branch| branch.depth == 0).map(|branch| branch.count).sum();
            prop_assert_eq!(sum, below);
        }
    }
}
