//! Values that configurations ask for.

use pilothouse_effects::{CloudProblem, Effect, Parameter, SecretShape, Values};

use super::FakeCloud;

impl FakeCloud {
    /// Keeps a parameter.
    pub fn keep_parameter(&self, name: &str, parameter: Parameter) {
        self.state().parameters.insert(name.to_owned(), parameter);
    }

    /// Keeps a secret that looks like this.
    pub fn keep_secret(&self, name: &str, shape: SecretShape) {
        self.state().secrets.insert(name.to_owned(), shape);
    }

    /// Keeps an object.
    pub fn keep_text(&self, bucket: &str, key: &str, text: &str) {
        let place = (bucket.to_owned(), key.to_owned());
        self.state().texts.insert(place, text.to_owned());
    }

    /// Pushes an image: its tag stands for this digest.
    pub fn push_image(&self, repository: &str, tag: &str, digest: &str) {
        let name = format!("{repository}:{tag}");
        self.state().images.insert(name, digest.to_owned());
    }
}

impl Values for FakeCloud {
    fn parameter<'a>(
        &'a self,
        name: &'a str,
    ) -> Effect<'a, Result<Option<Parameter>, CloudProblem>> {
        self.call("ssm:GetParameter", |state| {
            Ok(state.parameters.get(name).cloned())
        })
    }

    fn secret<'a>(
        &'a self,
        name: &'a str,
    ) -> Effect<'a, Result<Option<SecretShape>, CloudProblem>> {
        self.call("secretsmanager:GetSecretValue", |state| {
            Ok(state.secrets.get(name).cloned())
        })
    }

    fn text_of_object<'a>(
        &'a self,
        bucket: &'a str,
        key: &'a str,
        _: u64,
    ) -> Effect<'a, Result<Option<String>, CloudProblem>> {
        let place = (bucket.to_owned(), key.to_owned());
        self.call("s3:GetObject", move |state| {
            Ok(state.texts.get(&place).cloned())
        })
    }

    fn image<'a>(
        &'a self,
        _: &'a str,
        repository: &'a str,
        tag: &'a str,
    ) -> Effect<'a, Result<Option<String>, CloudProblem>> {
        let name = format!("{repository}:{tag}");
        self.call("ecr:DescribeImages", move |state| {
            Ok(state.images.get(&name).cloned())
        })
    }
}
