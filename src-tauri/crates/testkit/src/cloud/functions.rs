//! Functions.

use pilothouse_effects::{CloudProblem, Effect, FunctionCode, Functions, Invocation};

use super::{FakeCloud, not_found};

impl Functions for FakeCloud {
    fn invoke<'a>(
        &'a self,
        function: &'a str,
        payload: Vec<u8>,
    ) -> Effect<'a, Result<Invocation, CloudProblem>> {
        const CALL: &str = "lambda:Invoke";
        self.call(CALL, |state| {
            state
                .functions
                .get(function)
                .ok_or_else(|| not_found(CALL, function))?;
            Ok(Invocation {
                answer: payload,
                error: None,
                log_tail: None,
            })
        })
    }

    fn code<'a>(
        &'a self,
        function: &'a str,
    ) -> Effect<'a, Result<Option<FunctionCode>, CloudProblem>> {
        self.call("lambda:GetFunctionConfiguration", |state| {
            Ok(state.functions.get(function).map(|digest| FunctionCode {
                digest: Some(*digest),
                changing: false,
                failure: None,
            }))
        })
    }

    fn update_code<'a>(
        &'a self,
        function: &'a str,
        bucket: &'a str,
        key: &'a str,
    ) -> Effect<'a, Result<(), CloudProblem>> {
        const CALL: &str = "lambda:UpdateFunctionCode";
        self.call(CALL, |state| {
            let kept = state.buckets.get(bucket).and_then(|all| all.get(key));
            let digest = kept
                .map(|kept| kept.digest)
                .ok_or_else(|| not_found(CALL, key))?;
            let code = state.functions.get_mut(function);
            *code.ok_or_else(|| not_found(CALL, function))? = digest;
            Ok(())
        })
    }
}
