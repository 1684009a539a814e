//! A person at a terminal, who is told what happens to which of several services, and asked.

use std::sync::{Arc, Mutex, PoisonError};

use pilothouse_api::ApiError;
use pilothouse_api::deploy::{DeployRequest, Prepared};
use pilothouse_api::several::{Answer, Audience, Moved};
use pilothouse_api::target::Watch;

use super::of_stage;
use crate::confirm::go_on;
use crate::progress::watch;
use crate::{output, plan_text};

/// Tells what happens, and to which service when that changes.
pub(super) struct Terminal<'a> {
    quiet: bool,
    request: &'a DeployRequest,
    last: Arc<Mutex<String>>,
}

impl<'a> Terminal<'a> {
    /// A program that asked for JSON is told nothing but the result.
    pub(super) fn new(quiet: bool, request: &'a DeployRequest) -> Self {
        Self {
            quiet,
            request,
            last: Arc::default(),
        }
    }

    fn name(last: &Mutex<String>, service: &str) {
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        if *last != service {
            output::note(format_args!("{service}:"));
            service.clone_into(&mut last);
        }
    }
}

impl Audience for Terminal<'_> {
    fn watch(&self, service: &str) -> Watch {
        let tell = watch(self.quiet);
        if self.quiet {
            return tell;
        }
        let (last, service) = (Arc::clone(&self.last), service.to_owned());
        Arc::new(move |happening| {
            Self::name(&last, &service);
            tell(happening);
        })
    }

    fn moved(&self, service: &str, moved: Moved<'_>) {
        if let Moved::Failed(error) = moved
            && !self.quiet
        {
            Self::name(&self.last, service);
            output::failure(error, false);
        }
    }

    /// All are shown together, when all are known.
    fn planned(&self, _: &str, _: &Prepared) {}

    fn go_on<'a>(&'a self, service: &'a str, prepared: &'a Prepared) -> Answer<'a> {
        let ask = || -> Result<bool, ApiError> {
            plan_text::show(&prepared.plan);
            let question = format!("This is more than was shown before. Deploy {service}?");
            let stage = [prepared.plan.stage.as_str()];
            go_on(false, &of_stage(question, self.request, &stage))
        };
        Box::pin(std::future::ready(ask()))
    }
}
