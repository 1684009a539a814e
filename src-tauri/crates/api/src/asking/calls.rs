//! The calls that answer questions, each as few as can be.

use std::collections::BTreeMap;
use std::time::Duration;

use indexmap::IndexMap;
use pilothouse_effects::{Clock, Cloud, CloudProblem, Effect, Parameter};
use pilothouse_service::{Answer, CloudLookup, Question, Secret};

use crate::ApiError;

/// The most bytes of an object that a variable reads.
const MOST_BYTES: u64 = 4 << 20;
/// How often a call is made that AWS asks to slow down at.
const TRIES: u32 = 4;

/// A call, and the questions that its answer settles.
#[derive(Debug)]
pub(super) struct Call {
    lookups: Vec<CloudLookup>,
}

/// The calls for questions: a stack is described once for all of its outputs.
pub(super) fn of(lookups: &[CloudLookup]) -> Vec<Call> {
    let mut calls = Vec::new();
    let mut stacks: BTreeMap<&str, Vec<CloudLookup>> = BTreeMap::new();
    for lookup in lookups {
        match &lookup.question {
            Question::Output { stack, .. } => {
                stacks.entry(stack).or_default().push(lookup.clone());
            }
            _ => calls.push(Call {
                lookups: vec![lookup.clone()],
            }),
        }
    }
    calls.extend(stacks.into_values().map(|lookups| Call { lookups }));
    calls
}

impl Call {
    /// Makes it.
    pub(super) fn made<'a>(
        &'a self,
        clock: &'a dyn Clock,
        cloud: &'a Cloud,
    ) -> Effect<'a, Vec<(CloudLookup, Answer)>> {
        Box::pin(async move {
            let Some(first) = self.lookups.first() else {
                return Vec::new();
            };
            let mut tries = 1;
            let got = loop {
                match got(cloud, &first.question).await {
                    Err(CloudProblem::Throttled { .. }) if tries < TRIES => {
                        clock.sleep(Duration::from_secs(1 << tries)).await;
                        tries += 1;
                    }
                    got => break got,
                }
            };
            let answers = self.lookups.iter().map(|lookup| {
                let answer = match &got {
                    Ok(got) => got.answer(&lookup.question),
                    Err(problem) => failed(problem),
                };
                (lookup.clone(), answer)
            });
            answers.collect()
        })
    }
}

/// What a call came to.
#[derive(Debug)]
enum Got {
    Outputs(IndexMap<String, String>),
    One(Answer),
}

impl Got {
    fn answer(&self, question: &Question) -> Answer {
        match (self, question) {
            (Self::Outputs(outputs), Question::Output { output, .. }) => {
                text(outputs.get(output).cloned())
            }
            (Self::One(answer), _) => answer.clone(),
            (Self::Outputs(_), _) => Answer::Missing,
        }
    }
}

fn text(text: Option<String>) -> Answer {
    text.map_or(Answer::Missing, Answer::Found)
}

async fn got(cloud: &Cloud, question: &Question) -> Result<Got, CloudProblem> {
    Ok(Got::One(match question {
        Question::Output { stack, .. } => {
            let stack = cloud.stacks.describe(stack).await?;
            return Ok(Got::Outputs(
                stack.map(|stack| stack.outputs).unwrap_or_default(),
            ));
        }
        Question::Parameter(name) => match cloud.values.parameter(name).await? {
            None => Answer::Missing,
            Some(Parameter::Text(text)) => Answer::Found(text),
            Some(Parameter::List(texts)) => Answer::Listed(texts),
            Some(Parameter::Secret { version, .. }) => {
                Answer::Secret(Secret::Parameter { version })
            }
        },
        Question::KeptParameter(name) => match cloud.values.parameter(name).await? {
            None => Answer::Missing,
            Some(Parameter::Text(text)) => Answer::Found(text),
            Some(Parameter::List(texts)) => Answer::Listed(texts),
            Some(Parameter::Secret { ciphertext, .. }) => Answer::Found(ciphertext),
        },
        Question::Secret(name) => match cloud.values.secret(name).await? {
            None => Answer::Missing,
            Some(shape) => Answer::Secret(Secret::Stored { keys: shape.keys }),
        },
        Question::Object { bucket, key } => {
            text(cloud.values.text_of_object(bucket, key, MOST_BYTES).await?)
        }
        Question::Account => Answer::Found(cloud.identity.whoami().await?.account),
        Question::Image {
            registry,
            repository,
            tag,
        } => text(cloud.values.image(registry, repository, tag).await?),
        _ => Answer::Refused {
            reason: "Pilothouse cannot look this up yet".to_owned(),
        },
    }))
}

fn failed(problem: &CloudProblem) -> Answer {
    let error = ApiError::from(problem.clone());
    let reason = match error.detail {
        Some(detail) if !error.title.contains(&detail) => format!("{}: {detail}", error.title),
        _ => error.title,
    };
    Answer::Failed {
        code: error.code,
        reason,
        hint: error.hints.into_iter().next(),
    }
}
