//! `consent`, and the question whether code of the project may run.

use std::io::{self, BufRead, IsTerminal, Write};

use clap::{Args, Subcommand};
use pilothouse_api::consent::{self, Program};
use pilothouse_api::{ApiError, Host};
use serde_json::{Value, json};

use crate::arguments::ProjectArguments;
use crate::output;

#[derive(Debug, Args)]
pub(crate) struct ConsentArguments {
    #[command(subcommand)]
    verb: ConsentVerb,
}

#[derive(Debug, Subcommand)]
enum ConsentVerb {
    /// Show what may run without being asked for
    List {
        /// Print one JSON value instead of text
        #[arg(long)]
        json: bool,
    },
    /// Ask again before code of a project runs
    Forget {
        /// The content; everything of the project when absent
        hash: Option<String>,

        /// The project's folder
        #[arg(long, value_name = "DIR", default_value = ".")]
        dir: String,
    },
}

impl ConsentArguments {
    pub(crate) fn wants_json(&self) -> bool {
        matches!(self.verb, ConsentVerb::List { json: true })
    }
}

/// Lists what was consented to for good, or takes it back.
pub(crate) fn run(host: &Host, verb: &ConsentArguments) -> Result<(), ApiError> {
    match &verb.verb {
        ConsentVerb::List { json } => list(host, *json),
        ConsentVerb::Forget {
            hash: Some(hash),
            dir,
        } => consent::forget_one(host, dir, hash),
        ConsentVerb::Forget { hash: None, dir } => consent::forget(host, dir),
    }
}

fn list(host: &Host, as_json: bool) -> Result<(), ApiError> {
    let found = consent::remembered(host)?;
    if as_json {
        let values = found
            .iter()
            .map(|one| json!({ "project": one.project, "name": one.name, "hash": one.hash }));
        output::json(&values.collect::<Value>());
        return Ok(());
    }
    if found.is_empty() {
        output::line("No code may run without being asked for");
    }
    for one in &found {
        let (project, name) = (one.project.escape_debug(), one.name.escape_debug());
        output::line(format_args!("{project}  {name}  {}", one.hash));
    }
    Ok(())
}

/// What a person answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Once,
    Always,
    No,
}

impl Answer {
    fn of(text: &str) -> Self {
        match text.trim().to_ascii_lowercase().as_str() {
            "y" | "yes" => Self::Once,
            "a" | "always" => Self::Always,
            _ => Self::No,
        }
    }
}

/// Asks for consent when it is what is missing and somebody is there; true when the verb can be begun anew.
pub(crate) fn ask(
    host: &Host,
    error: &ApiError,
    project: &mut ProjectArguments,
) -> Result<bool, ApiError> {
    let Some(programs) = &error.consent else {
        return Ok(false);
    };
    if project.json || !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(false);
    }
    for program in programs.iter() {
        // Allowed before and refused still: asking once more would not help.
        if project.allow_code.contains(&program.hash) {
            return Ok(false);
        }
        output::note(question(program));
        let mut errors = io::stderr().lock();
        let _ = write!(errors, "May it run? yes, once / always / no [y/a/N] ");
        let _ = errors.flush();
        let mut text = String::new();
        if io::stdin().lock().read_line(&mut text).is_err() {
            return Ok(false);
        }
        match Answer::of(&text) {
            Answer::No => return Ok(false),
            Answer::Once => {}
            Answer::Always => consent::remember(host, &project.dir, program)?,
        }
        project.allow_code.push(program.hash.clone());
    }
    Ok(!programs.is_empty())
}

fn question(program: &Program) -> String {
    // A name can hold what a terminal would obey.
    let name = program.name.escape_debug();
    let mut lines = vec![format!(
        "`{name}` is code of this project that would run on this computer."
    )];
    lines.extend(program.may.iter().map(|may| format!("  It {may}")));
    lines.push(format!("  Content {}, over:", program.hash));
    let shown = program.files.iter().take(SHOWN);
    lines.extend(shown.map(|file| format!("    {}", file.escape_debug())));
    let more = program.files.len().saturating_sub(SHOWN);
    if more > 0 {
        lines.push(format!("    and {more} more"));
    }
    lines.join("\n")
}

/// How many files are named in a question.
const SHOWN: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_yes_is_one() {
        assert_eq!(Answer::of("y\n"), Answer::Once);
        assert_eq!(Answer::of("Always\n"), Answer::Always);
        for text in ["", "\n", "n\n", "yess\n", "all\n"] {
            assert_eq!(Answer::of(text), Answer::No, "{text:?}");
        }
    }

    #[test]
    fn a_question_says_all_and_obeys_no_name() {
        let program = Program {
            name: "a\u{1b}[2J.js".to_owned(),
            hash: "ab".repeat(32),
            files: (0..22).map(|at| format!("f{at}.js")).collect(),
            may: vec!["can reach the network".to_owned()],
        };
        let text = question(&program);
        assert!(!text.contains('\u{1b}'), "{text}");
        for words in [
            "can reach the network",
            &program.hash,
            "f19.js",
            "and 2 more",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
    }
}
