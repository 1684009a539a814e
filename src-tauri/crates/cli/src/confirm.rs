//! Asking before something is changed.

use std::io::{self, BufRead, IsTerminal, Write};

use pilothouse_api::words::is_production;
use pilothouse_api::{ApiError, Kind, Retry};
use pilothouse_model::Code;

/// What a person is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Question {
    /// Yes or no.
    YesOrNo(String),
    /// What will happen, and the name to be typed for it: for what a quick `y` is too little.
    Type(String, String),
    /// What will be lost for good, and the name to be typed for it.
    Lose(String, String),
}

impl Question {
    /// A question about a stage. Of production its name is typed.
    pub(crate) fn of_stage(question: String, stage: &str, is_sandbox: bool) -> Self {
        if is_production(stage) && !is_sandbox {
            Self::Type(question, stage.to_owned())
        } else {
            Self::YesOrNo(question)
        }
    }

    fn words(&self) -> String {
        match self {
            Self::YesOrNo(question) => format!("{question} [y/N] "),
            Self::Type(question, name) => {
                format!("{question} It is production: type {name} to go on: ")
            }
            Self::Lose(question, name) => format!("{question} Type {name} to go on: "),
        }
    }

    fn is_yes(&self, answer: &str) -> bool {
        match self {
            Self::YesOrNo(_) => matches!(answer.to_ascii_lowercase().as_str(), "y" | "yes"),
            Self::Type(_, name) | Self::Lose(_, name) => answer == name,
        }
    }
}

/// Whether to go on. Without `--yes` a person is asked; where nobody can be asked, nothing is done.
pub(crate) fn go_on(yes: bool, question: &Question) -> Result<bool, ApiError> {
    if yes {
        return Ok(true);
    }
    if !io::stdin().is_terminal() {
        return Err(ApiError::new(
            Code::NotConfirmed,
            Kind::User,
            "nobody is there to be asked, so nothing was done",
        )
        .hint("Run it in a terminal, or say --yes")
        .retry(Retry::After));
    }
    let mut errors = io::stderr().lock();
    let _ = write!(errors, "{}", question.words());
    let _ = errors.flush();
    let mut answer = String::new();
    if io::stdin().lock().read_line(&mut answer).is_err() {
        return Ok(false);
    }
    Ok(question.is_yes(answer.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn production_on_aws_is_typed_and_the_rest_is_asked() {
        let ask = |stage, is_sandbox| Question::of_stage("Deploy?".to_owned(), stage, is_sandbox);
        let typed = ask("prod", false);
        assert!(typed.words().contains("type prod"), "{}", typed.words());
        assert!(typed.is_yes("prod") && !typed.is_yes("y") && !typed.is_yes("Prod"));
        for asked in [ask("prod", true), ask("dev", false)] {
            assert_eq!(asked.words(), "Deploy? [y/N] ");
            assert!(asked.is_yes("Y") && !asked.is_yes("") && !asked.is_yes("prod"));
        }
    }
}
