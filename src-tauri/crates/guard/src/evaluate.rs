//! The evaluator: what AWS would say to a request, as far as the policies tell.

use crate::answer::Answer;
use crate::arn::Arn;
use crate::context::Context;
use crate::findings::Asked;
use crate::policies::{Layer, Policies};
use crate::principal::{Principal, PrincipalType};
use crate::trial::Trial;
use crate::truth::Truth;

/// A request.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// Who asks.
    pub principal: &'a Principal,
    /// For what: `kms:Decrypt`.
    pub action: &'a str,
    /// Of which resource: its ARN, or `*` for actions that have none.
    pub resource: &'a str,
    /// The account of the resource, where its ARN does not tell.
    pub resource_account: Option<&'a str>,
    /// What the request brings along.
    pub context: &'a Context,
}

impl<'a> Request<'a> {
    /// A request for a resource whose ARN tells its account.
    pub fn new(
        principal: &'a Principal,
        action: &'a str,
        resource: &'a str,
        context: &'a Context,
    ) -> Self {
        Self {
            principal,
            action,
            resource,
            resource_account: None,
            context,
        }
    }

    fn account(&self) -> Option<&'a str> {
        let arn = Arn::of(self.resource).filter(|arn| !arn.account.is_empty());
        match (self.resource, self.resource_account) {
            (_, Some(account)) => Some(account),
            // Without a resource, the account asked is one's own.
            ("*", None) => self.principal.account(),
            (_, None) => arn.map(|arn| arn.account),
        }
    }

    /// Keys and roles have a policy always.
    pub(crate) fn needs_resource_policy(&self) -> bool {
        let action = self.action.to_ascii_lowercase();
        let kind = Arn::of(self.resource).map(|arn| (arn.service, arn.resource));
        match kind {
            Some(("kms", resource)) => resource.starts_with("key/") && action.starts_with("kms:"),
            Some(("iam", resource)) => resource.starts_with("role/") && action.starts_with("sts:"),
            _ => false,
        }
    }
}

/// Says whether a request would be allowed.
pub fn evaluate(request: &Request<'_>, policies: &Policies) -> Answer {
    let account = request.account();
    let bounded = match (&policies.boundary, request.principal.kind()) {
        (_, PrincipalType::Root | PrincipalType::Service) | (Layer::Absent, _) => Truth::No,
        (Layer::Held(_), _) => Truth::Yes,
        (Layer::NotKnown, _) => Truth::Unknown,
    };
    let asked = Asked {
        bounded,
        principal: request.principal,
        action: request.action,
        resource: request.resource,
        context: request
            .context
            .completed(request.principal, request.action, account),
    };
    Trial::of(&asked, request, policies).answer(account)
}
