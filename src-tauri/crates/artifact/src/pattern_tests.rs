use super::*;

/// Answers of micromatch 4.0.8 with dot files matched, asked one pattern and one path at a time.
const ANSWERS: &[(&str, &[&str], &[&str])] = &[
    ("a.js", &["a.js"], &["b/a.js", "aXjs", "a.js/b"]),
    ("./a.js", &["a.js"], &["b/a.js"]),
    ("*", &["a", ".x", "a.js"], &["a/b"]),
    ("*.js", &["a.js", "b.test.js"], &["a/a.js", ".x"]),
    ("**.js", &["a.js", "a/b/a.js"], &["a"]),
    ("a/**", &["a/b", "a/.x/b", "a"], &["ab/b", "b/a/b"]),
    ("**/a.js", &["a.js", "a/b/a.js"], &["a/b.js", "ba.js"]),
    ("a/**/b", &["a/b", "a/x/y/b"], &["ab", "a/x"]),
    ("a/*/**", &["a/b/c", "a/b/c/d"], &["a/b", "a"]),
    ("a*/**", &["ab/c", "a/b/c"], &["ab", "b/a"]),
    ("?.js", &["a.js", "é.js"], &["ab.js", ".js"]),
    (
        "{a,b}/*.{js,ts}",
        &["a/x.js", "b/x.ts"],
        &["c/x.js", "a/x.py"],
    ),
    ("x-{1..3}", &["x-1", "x-3"], &["x-4", "x-"]),
    ("{a}", &["{a}"], &["a"]),
    ("[id].js", &["[id].js", "i.js", "d.js"], &["x.js", "id.js"]),
    ("[a-c]*", &["a", "b1"], &["d", "a/b"]),
    ("[^a]x", &["bx"], &["ax", "/x"]),
    ("@(a|b)/c", &["a/c", "b/c"], &["ab/c", "c"]),
    ("+(a|b)", &["a", "abba"], &["c", "ac"]),
    ("a?(b)c", &["ac", "abc"], &["abbc"]),
    ("a+b", &["a+b"], &["aab"]),
    ("@scope/a/**", &["@scope/a/b"], &["scope/a/b"]),
    ("\\*", &["*"], &["a"]),
    ("b/", &[], &["b", "b/a"]),
    ("b", &["b"], &["b/a"]),
];

fn compiled(text: &str) -> Pattern {
    Pattern::compile(text).unwrap_or_else(|problem| panic!("{problem}"))
}

#[test]
fn patterns_mean_what_they_mean_to_the_peer() {
    for (text, matching, others) in ANSWERS {
        let pattern = compiled(text);
        for path in *matching {
            assert!(pattern.matches(path), "{text} matches {path}");
        }
        for path in *others {
            assert!(!pattern.matches(path), "{text} does not match {path}");
        }
    }
}

#[test]
fn an_exclusion_inside_a_pattern_is_refused_with_what_to_write_instead() {
    assert_eq!(
        Pattern::compile("src/!(test)/**").err(),
        Some(PatternProblem::Exclusion("src/!(test)/**".into()))
    );
}

#[test]
fn a_pattern_that_no_expression_can_hold_is_named() {
    assert_eq!(
        Pattern::compile("[z-a]").err(),
        Some(PatternProblem::Malformed("[z-a]".into()))
    );
}

#[test]
fn a_hostile_pattern_answers_at_once() {
    let pattern = compiled("*(*a)*(*a)*(*a)*(*a)*(*a)*(*a)*(*a)*(*a)*(*a)*(*a)b");
    assert!(!pattern.matches(&"a".repeat(5000)));
}

#[test]
fn what_covers_a_folder_matches_everything_below_it_and_what_matches_below_reaches_it() {
    let folders = ["a", "ab", "a/b", "node_modules", "x/node_modules/y"];
    let below = ["f", ".x", "d/e/f.js", "node_modules/z"];
    for (text, ..) in ANSWERS
        .iter()
        .chain(&[("**/node_modules/**", &[][..], &[][..])])
    {
        let pattern = compiled(text);
        for folder in folders {
            for name in below {
                let path = format!("{folder}/{name}");
                assert!(
                    !pattern.covers(folder) || pattern.matches(&path),
                    "{text} {path}"
                );
                assert!(
                    pattern.reaches(folder) || !pattern.matches(&path),
                    "{text} {path}"
                );
            }
        }
    }
}
