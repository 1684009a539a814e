//! Stages of REST APIs.

use std::collections::BTreeMap;

use pilothouse_effects::{CloudProblem, Effect, StageSettings, Stages};

use super::FakeCloud;

impl FakeCloud {
    /// The settings of a stage of an API.
    pub fn stage_settings(&self, api: &str, stage: &str) -> StageSettings {
        let state = self.state();
        let key = (api.to_owned(), stage.to_owned());
        state.stages.get(&key).cloned().unwrap_or_default()
    }
}

impl Stages for FakeCloud {
    fn settings<'a>(
        &'a self,
        api: &'a str,
        stage: &'a str,
    ) -> Effect<'a, Result<Option<StageSettings>, CloudProblem>> {
        self.call("apigateway:GetStage", |state| {
            let key = (api.to_owned(), stage.to_owned());
            Ok(state.stages.get(&key).cloned())
        })
    }

    fn set<'a>(
        &'a self,
        api: &'a str,
        stage: &'a str,
        changes: &'a BTreeMap<String, Option<String>>,
    ) -> Effect<'a, Result<(), CloudProblem>> {
        self.call("apigateway:UpdateStage", |state| {
            let key = (api.to_owned(), stage.to_owned());
            let settings = state.stages.entry(key).or_default();
            for (name, value) in changes {
                match value {
                    Some(value) => settings.insert(name.clone(), value.clone()),
                    None => settings.remove(name),
                };
            }
            Ok(())
        })
    }
}
