//! Stages of REST APIs, whose settings CloudFormation does not hold.

use std::collections::BTreeMap;

use crate::{CloudProblem, Effect};

/// Settings of a stage: names as API Gateway's patches spell them, such as `/tracingEnabled`, and `tag:<name>`.
pub type StageSettings = BTreeMap<String, String>;

/// Stages of REST APIs.
pub trait Stages: Send + Sync + std::fmt::Debug {
    /// The settings of a stage as they stand; none when there is no such stage.
    fn settings<'a>(
        &'a self,
        api: &'a str,
        stage: &'a str,
    ) -> Effect<'a, Result<Option<StageSettings>, CloudProblem>>;

    /// Sets them; what has no value is taken away.
    fn set<'a>(
        &'a self,
        api: &'a str,
        stage: &'a str,
        changes: &'a BTreeMap<String, Option<String>>,
    ) -> Effect<'a, Result<(), CloudProblem>>;
}
