//! Who asks, and by which of their names a statement means them.

use thiserror::Error;

use crate::arn::{Arn, is_account};
use crate::policy::{PrincipalKind, PrincipalPart, Principals};
use crate::text::Text;
use crate::truth::Truth;

/// The kind of who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PrincipalType {
    /// The root user of an account.
    Root,
    /// A user.
    User,
    /// A role, whatever its session is called.
    Role,
    /// One session of a role.
    Session,
    /// A service of AWS that asks in its own name.
    Service,
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Principal {
    kind: PrincipalType,
    arn: String,
    /// The ARN of a session's role, which a session's own ARN does not tell: it lacks the role's path.
    role: Option<String>,
}

/// A text that names no principal who could ask.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "`{0}` names nobody who could ask. Give the ARN of a user, role, session or account root, or a service such as `logs.eu-central-1.amazonaws.com`."
)]
pub struct UnknownPrincipal(pub String);

impl Principal {
    /// Reads an ARN, or the name of a service.
    ///
    /// # Errors
    /// When it is neither.
    pub fn parse(text: &str) -> Result<Self, UnknownPrincipal> {
        let kind = kind_of(text).ok_or_else(|| UnknownPrincipal(text.to_owned()))?;
        Ok(Self {
            kind,
            arn: text.to_owned(),
            role: (kind == PrincipalType::Role).then(|| text.to_owned()),
        })
    }

    /// A session whose role's ARN is known.
    #[must_use]
    pub fn of_role(mut self, role: &str) -> Self {
        if self.kind == PrincipalType::Session {
            self.role = Some(role.to_owned());
        }
        self
    }

    /// The kind.
    pub const fn kind(&self) -> PrincipalType {
        self.kind
    }

    /// The ARN, or the name of the service.
    pub fn arn(&self) -> &str {
        &self.arn
    }

    /// The account, which services have none of.
    pub fn account(&self) -> Option<&str> {
        Arn::of(&self.arn).map(|arn| arn.account)
    }

    /// The role of a session, or the role itself, as far as it is known.
    pub fn role(&self) -> Option<&str> {
        self.role.as_deref()
    }

    /// Whether a text of a policy can only mean this principal's role, user or session, or the service.
    pub(crate) fn is_named_by(&self, text: &str) -> Truth {
        let named = named_by(text, self);
        Truth::any([named.direct, named.role, named.session])
    }
}

fn kind_of(text: &str) -> Option<PrincipalType> {
    let Some(arn) = Arn::of(text) else {
        return is_service(text).then_some(PrincipalType::Service);
    };
    if !is_account(arn.account) || text.contains(['*', '?']) {
        return None;
    }
    let (kind, name) = arn.resource.split_once('/').unwrap_or((arn.resource, ""));
    match (arn.service, kind) {
        ("iam", "root") if name.is_empty() => Some(PrincipalType::Root),
        ("iam", "user") if !name.is_empty() => Some(PrincipalType::User),
        ("iam", "role") if !name.is_empty() => Some(PrincipalType::Role),
        ("sts", "assumed-role") if name.contains('/') => Some(PrincipalType::Session),
        _ => None,
    }
}

fn is_service(text: &str) -> bool {
    let letter = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-');
    text.contains('.') && text.chars().all(letter)
}

/// Whether a policy may name a principal so.
pub(crate) fn may_be_named(kind: PrincipalKind, text: &str) -> bool {
    match kind {
        PrincipalKind::Service => text == "*" || is_service(text),
        PrincipalKind::Federated | PrincipalKind::CanonicalUser => !text.is_empty(),
        PrincipalKind::Aws => {
            text == "*"
                || is_account(text)
                || is_unique_id(text)
                || kind_of(text).is_some_and(|kind| kind != PrincipalType::Service)
                || is_rare(text)
        }
    }
}

/// What a policy holds in place of the ARN of a user or role that was deleted.
pub(crate) fn is_unique_id(text: &str) -> bool {
    let known = ["AIDA", "AROA", "AGPA"];
    let begins = known.iter().any(|prefix| text.starts_with(prefix));
    begins && text.len() >= 16 && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Federated users, and the identities of CloudFront's older way to a bucket: named, but never asking here.
fn is_rare(text: &str) -> bool {
    Arn::of(text).is_some_and(|arn| {
        let federated = arn.service == "sts" && arn.resource.starts_with("federated-user/");
        let cloud_front = arn.service == "iam" && arn.account == "cloudfront";
        (federated || cloud_front) && !text.contains(['*', '?'])
    })
}

/// By which of their names a statement means somebody. AWS treats them differently: see `evaluate`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Named {
    /// The user, root user or service itself.
    pub(crate) direct: Truth,
    /// The role.
    pub(crate) role: Truth,
    /// The session.
    pub(crate) session: Truth,
    /// Everybody.
    pub(crate) star: Truth,
    /// The account, which may pass it on to whom it likes.
    pub(crate) account: Truth,
}

impl Named {
    pub(crate) const NOBODY: Self = Self {
        direct: Truth::No,
        role: Truth::No,
        session: Truth::No,
        star: Truth::No,
        account: Truth::No,
    };

    pub(crate) fn any(self) -> Truth {
        Truth::any([
            self.direct,
            self.role,
            self.session,
            self.star,
            self.account,
        ])
    }

    pub(crate) fn map(self, with: impl Fn(Truth) -> Truth) -> Self {
        Self {
            direct: with(self.direct),
            role: with(self.role),
            session: with(self.session),
            star: with(self.star),
            account: with(self.account),
        }
    }

    pub(crate) fn or(self, other: Self) -> Self {
        Self {
            direct: self.direct.or(other.direct),
            role: self.role.or(other.role),
            session: self.session.or(other.session),
            star: self.star.or(other.star),
            account: self.account.or(other.account),
        }
    }
}

/// By which names a part means somebody. `denies` since `NotPrincipal` excepts less from a Deny.
pub(crate) fn named(part: &PrincipalPart, who: &Principal, denies: bool) -> Named {
    let named = match &part.principals {
        Principals::Everyone => Named {
            star: Truth::Yes,
            ..Named::NOBODY
        },
        Principals::Unresolved(_) => unknown(),
        Principals::Named(kinds) => kinds.iter().fold(Named::NOBODY, |named, (kind, texts)| {
            let each = texts
                .items
                .iter()
                .map(|text| named_by_kind(*kind, text, who));
            each.fold(named, Named::or)
        }),
    };
    if !part.negated {
        return named;
    }
    Named {
        star: everybody_but(named, who, denies),
        ..Named::NOBODY
    }
}

const fn unknown() -> Named {
    Named {
        direct: Truth::Unknown,
        ..Named::NOBODY
    }
}

/// Whether `NotPrincipal` leaves somebody in.
///
/// A Deny excepts only whom it names by every name they have: a session needs its own ARN, its role's and the
/// account's. AWS's documents do not say what becomes of those named by some of them, so that is not known.
fn everybody_but(named: Named, who: &Principal, denies: bool) -> Truth {
    let own = named.direct.or(named.role).or(named.session);
    if named.star == Truth::Yes {
        return Truth::No;
    }
    if named.any() == Truth::No {
        return Truth::Yes;
    }
    let all = match who.kind {
        PrincipalType::Service | PrincipalType::Root => named.direct,
        PrincipalType::User => named.direct.and(named.account),
        PrincipalType::Role => named.role.and(named.account),
        PrincipalType::Session => Truth::all([named.session, named.role, named.account]),
    };
    let excepted = all == Truth::Yes || (own == Truth::Yes && !denies);
    if excepted { Truth::No } else { Truth::Unknown }
}

fn named_by_kind(kind: PrincipalKind, text: &Text, who: &Principal) -> Named {
    let service = who.kind == PrincipalType::Service;
    match (kind, text.known()) {
        (PrincipalKind::Aws, Some(known)) => named_by(&known, who),
        (PrincipalKind::Aws, None) if !service => unknown(),
        (PrincipalKind::Service, Some(known)) if service => Named {
            direct: (known == "*" || known == who.arn).into(),
            ..Named::NOBODY
        },
        (PrincipalKind::Service, None) if service => unknown(),
        // S3 writes accounts so; which is which, only S3 can tell.
        (PrincipalKind::CanonicalUser, _) if !service => Named {
            account: Truth::Unknown,
            ..Named::NOBODY
        },
        _ => Named::NOBODY,
    }
}

fn named_by(text: &str, who: &Principal) -> Named {
    let mut named = Named::NOBODY;
    if text == "*" {
        named.star = Truth::Yes;
        return named;
    }
    let Some(own) = Arn::of(&who.arn) else {
        return named;
    };
    if is_account(text) {
        named.account = (text == own.account).into();
    }
    if let Some(arn) = Arn::of(text) {
        let same = arn.account == own.account && arn.partition == own.partition;
        match kind_of(text) {
            Some(PrincipalType::Root) => named.account = same.into(),
            Some(PrincipalType::User) => named.direct = (text == who.arn).into(),
            Some(PrincipalType::Role) if same => named.role = is_role(&arn, text, who, &own),
            Some(PrincipalType::Session) if same => {
                named.session = is_session(&arn, text, who, &own)
            }
            _ => {}
        }
    }
    if who.kind == PrincipalType::Root {
        named.direct = named.account;
    }
    named
}

fn is_role(arn: &Arn<'_>, text: &str, who: &Principal, own: &Arn<'_>) -> Truth {
    match (who.kind, &who.role) {
        (_, Some(role)) => (role == text).into(),
        (PrincipalType::Session, None) if session_role(own) == arn.name() => Truth::Unknown,
        _ => Truth::No,
    }
}

fn is_session(arn: &Arn<'_>, text: &str, who: &Principal, own: &Arn<'_>) -> Truth {
    match who.kind {
        PrincipalType::Session => (text == who.arn).into(),
        // One session of the role is named, and which one asks is open.
        PrincipalType::Role if session_role(arn) == own.name() => Truth::Unknown,
        _ => Truth::No,
    }
}

/// The role's name in the ARN of a session.
fn session_role<'a>(arn: &Arn<'a>) -> &'a str {
    arn.resource.split('/').nth(1).unwrap_or_default()
}
