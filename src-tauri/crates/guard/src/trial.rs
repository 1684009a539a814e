//! A request before its policies: what each kind of policy says, and what follows from all of them.

use crate::answer::{Answer, Source};
use crate::arn::Arn;
use crate::evaluate::Request;
use crate::findings::{Asked, Found};
use crate::grants;
use crate::policies::{Grant, Layer, Named, Policies, ResourcePolicy};
use crate::principal::{self, PrincipalType};
use crate::truth::Truth;

/// What each kind of policy says.
pub(crate) struct Trial<'a> {
    pub(crate) asked: &'a Asked<'a>,
    identity: Said,
    boundary: Said,
    session: Said,
    levels: Vec<Said>,
    control: Said,
    resource: Said,
    required: bool,
    pub(crate) grants: Vec<(Truth, &'a Grant)>,
    pub(crate) grants_open: bool,
}

/// What one kind of policy says.
pub(crate) struct Said {
    pub(crate) source: Source,
    pub(crate) found: Found,
    /// Whether there is no such policy.
    absent: bool,
    /// Whether nobody could look.
    pub(crate) not_known: bool,
}

impl Said {
    fn of<'n, T: 'n, I: IntoIterator<Item = &'n Named>>(
        asked: &Asked<'_>,
        source: Source,
        layer: &'n Layer<T>,
        documents: impl Fn(&'n T) -> I,
    ) -> Self {
        let held = match layer {
            Layer::Held(held) => Some(documents(held)),
            Layer::Absent | Layer::NotKnown => None,
        };
        Self {
            source,
            absent: matches!(layer, Layer::Absent),
            not_known: matches!(layer, Layer::NotKnown),
            found: Found::in_documents(asked, source, held.into_iter().flatten()),
        }
    }

    pub(crate) fn allows(&self) -> Truth {
        if self.not_known {
            Truth::Unknown
        } else {
            self.found.allows()
        }
    }

    /// Whether it lets pass what others allow.
    pub(crate) fn lets_pass(&self) -> Truth {
        if self.absent {
            Truth::Yes
        } else {
            self.allows()
        }
    }

    fn denies(&self) -> Truth {
        if self.not_known {
            Truth::Unknown
        } else {
            self.found.denies()
        }
    }

    fn named(&self) -> principal::Named {
        if self.not_known {
            return principal::Named {
                direct: Truth::Unknown,
                ..principal::Named::NOBODY
            };
        }
        self.found.named()
    }
}

impl<'a> Trial<'a> {
    pub(crate) fn of(asked: &'a Asked<'a>, request: &Request<'_>, policies: &'a Policies) -> Self {
        let always = request.needs_resource_policy();
        let (resource, required) = match &policies.resource {
            ResourcePolicy::Absent if always => (Layer::NotKnown, true),
            ResourcePolicy::Absent => (Layer::Absent, false),
            ResourcePolicy::Beside(named) => (Layer::Held(named), always),
            ResourcePolicy::Required(named) => (Layer::Held(named), true),
            ResourcePolicy::NotKnown => (Layer::NotKnown, always),
        };
        let key = Arn::of(asked.resource).is_some_and(|arn| arn.service == "kms");
        let held = match &policies.grants {
            Layer::Held(grants) if key => grants.as_slice(),
            _ => &[],
        };
        let grants = held.iter().map(|grant| (grants::fits(grant, asked), grant));
        let control = &policies.resource_control;
        Self {
            asked,
            identity: Said::of(asked, Source::Identity, &policies.identity, |held| held),
            boundary: Said::of(asked, Source::Boundary, &policies.boundary, |held| [held]),
            session: Said::of(asked, Source::Session, &policies.session, |held| held),
            levels: levels(asked, &policies.service_control),
            control: Said::of(asked, Source::ResourceControl, control, |held| held),
            resource: Said::of(asked, Source::Resource, &resource, |held| [*held]),
            required,
            grants: grants.collect(),
            grants_open: key
                && policies.grants == Layer::NotKnown
                && grants::is_granted(asked.action),
        }
    }

    pub(crate) fn said(&self) -> impl Iterator<Item = &Said> {
        let fixed = [
            &self.identity,
            &self.boundary,
            &self.session,
            &self.control,
            &self.resource,
        ];
        fixed.into_iter().chain(&self.levels)
    }

    /// Those that apply to this kind of principal.
    pub(crate) fn applying(&self) -> impl Iterator<Item = &Said> {
        let kind = self.asked.principal.kind();
        self.said().filter(move |said| match said.source {
            Source::Identity | Source::Boundary | Source::Session => {
                !matches!(kind, PrincipalType::Root | PrincipalType::Service)
            }
            _ => true,
        })
    }

    pub(crate) fn answer(&self, account: Option<&str>) -> Answer {
        let denied = Truth::any(self.applying().map(Said::denies));
        if denied == Truth::Yes {
            return self.denied();
        }
        let same = self.same_account(account);
        let allowed = match same {
            Some(same) => self.allowed(same),
            None => {
                let (one, other) = (self.allowed(true), self.allowed(false));
                if one == other { one } else { Truth::Unknown }
            }
        };
        match (allowed, denied) {
            (Truth::No, _) => self.lacking(),
            (Truth::Yes, Truth::No) => self.granted(),
            _ => self.open(same.is_none()),
        }
    }

    fn same_account(&self, account: Option<&str>) -> Option<bool> {
        match self.asked.principal.account() {
            Some(own) => Some(own == account?),
            None => Some(false),
        }
    }

    fn lets_pass(&self) -> Truth {
        Truth::all(self.levels.iter().map(Said::allows))
    }

    /// What the identity itself is allowed, within its limits.
    fn of_identity(&self) -> Truth {
        match self.asked.principal.kind() {
            PrincipalType::Root => Truth::Yes,
            PrincipalType::Service => Truth::No,
            PrincipalType::User | PrincipalType::Role | PrincipalType::Session => {
                self.identity.allows().and(self.limits())
            }
        }
    }

    fn limits(&self) -> Truth {
        match self.asked.principal.kind() {
            PrincipalType::Root | PrincipalType::Service => Truth::Yes,
            PrincipalType::User | PrincipalType::Role | PrincipalType::Session => {
                self.boundary.lets_pass().and(self.session.lets_pass())
            }
        }
    }

    fn granted_by_grant(&self) -> Truth {
        let grants = Truth::any(self.grants.iter().map(|(truth, _)| *truth));
        grants.or(if self.grants_open {
            Truth::Unknown
        } else {
            Truth::No
        })
    }

    /// Whether it is allowed, when nothing denies it.
    fn allowed(&self, same: bool) -> Truth {
        let named = self.resource.named();
        if self.asked.principal.kind() == PrincipalType::Service {
            // Services have no policies of their own; the resource's alone decides.
            return named.direct.or(named.star).or(self.granted_by_grant());
        }
        let own = self.of_identity();
        // Where a limit allows nothing, documents do not say whether `*` or a grant passes it.
        let unsure = self.limits().or(Truth::Unknown);
        let direct = Truth::any([
            named.direct,
            named.session,
            named.role.and(self.limits()),
            named.star.and(unsure),
        ]);
        let whole = if same {
            let left_to_account = if self.required {
                named.account.and(own)
            } else {
                own
            };
            Truth::any([direct, left_to_account, self.granted_by_grant().and(unsure)])
        } else {
            let granted = self.granted_by_grant().and(own.or(Truth::Unknown));
            named.any().and(own).or(granted)
        };
        whole.and(self.lets_pass())
    }
}

/// Service control policies bind neither services nor the roles that services make for themselves.
fn levels(asked: &Asked<'_>, layer: &Layer<Vec<Vec<Named>>>) -> Vec<Said> {
    let role = asked.principal.role();
    let linked = role.is_some_and(|role| role.contains(":role/aws-service-role/"));
    if linked || asked.principal.kind() == PrincipalType::Service {
        return Vec::new();
    }
    let source = Source::ServiceControl;
    match layer {
        Layer::Held(levels) => levels
            .iter()
            .map(|level| Said {
                source,
                found: Found::in_documents(asked, source, level),
                absent: false,
                not_known: false,
            })
            .collect(),
        Layer::Absent => Vec::new(),
        Layer::NotKnown => vec![Said {
            source,
            found: Found::default(),
            absent: false,
            not_known: true,
        }],
    }
}
