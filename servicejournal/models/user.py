"""Accounts, and the roles that they were given."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property

from servicejournal import spelling
from servicejournal.roles import DESK, EDITORIAL, SECOND, STAFF, Role

#: The user name of the program itself.
SYSTEM = "system"
#: Between a staff number and which account of those that registered with it.
BESIDE = "+"


class UserQuerySet(models.QuerySet["User"]):
    def contributors(self) -> "UserQuerySet":
        """Accounts of people who write and do nothing else: no role above that, no superuser."""
        staff = self.model.objects.filter(grants__role__in=STAFF)
        people = self.exclude(is_superuser=True).exclude(username=SYSTEM)
        return people.exclude(pk__in=staff.values("pk"))

    def with_role(self, *roles: Role) -> "UserQuerySet":
        """Open accounts that were given one of the roles, each once."""
        holding = self.model.objects.filter(grants__role__in=roles)
        return self.filter(is_active=True, pk__in=holding.values("pk"))

    def seconds(self) -> "UserQuerySet":
        """As `User.may_be_second`."""
        roots = self.filter(is_active=True, is_superuser=True)
        return self.with_role(*SECOND) | roots

    def beside(self, username: str) -> "UserQuerySet":
        """Open accounts that registered with a staff number which has an account."""
        spelt = spelling.username(username)
        return self.filter(
            self_registered=True, is_active=True, username__startswith=f"{spelt}{BESIDE}"
        ).order_by("pk")

    def of_number(self, username: str) -> "UserQuerySet":
        """All that go by one staff number: the first, and those that registered beside it."""
        return (self.filter(username=spelling.username(username)) | self.beside(username)).order_by(
            "pk"
        )

    def unconfirmed(self) -> "UserQuerySet":
        """待核实, as `User.is_unconfirmed`; not those that were closed."""
        return self.filter(self_registered=True, confirmed_at=None, is_active=True)


class JournalUserManager(UserManager["User"]):
    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def contributors(self) -> UserQuerySet:
        return self.get_queryset().contributors()

    def beside(self, username: str) -> UserQuerySet:
        return self.get_queryset().beside(username)

    def of_number(self, username: str) -> UserQuerySet:
        return self.get_queryset().of_number(username)

    def unconfirmed(self) -> UserQuerySet:
        return self.get_queryset().unconfirmed()

    def with_role(self, *roles: Role) -> UserQuerySet:
        return self.get_queryset().with_role(*roles)

    def seconds(self) -> UserQuerySet:
        return self.get_queryset().seconds()

    def get_by_natural_key(self, username: str | None) -> "User":
        """By the user name as typed, or in its one spelling."""
        if username is None:
            raise self.model.DoesNotExist
        spellings = {username, spelling.username(username)}
        found = {user.username: user for user in self.filter(username__in=spellings)}
        if not found:
            raise self.model.DoesNotExist
        return found.get(username) or found[spelling.username(username)]

    def system(self) -> "User":
        """The account that stands for the program itself; nobody can sign in with it."""
        user, created = self.get_or_create(
            username=SYSTEM, defaults={"name": "系统", "is_active": False}
        )
        if created:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        return user

    def _create_user_object(
        self, username: str, email: str | None, password: str | None, **extra_fields: Any
    ) -> "User":
        extra_fields.pop("is_staff", None)  # createsuperuser sends it; ours follows from roles
        create = super()._create_user_object  # type: ignore[misc]  # no part of Django's stubs
        user: User = create(username, email, None, **extra_fields)
        user.set_password(password)  # so that saving tells the rules of it
        return user


class User(AbstractUser):
    # How Django drops a field of an abstract model; its stubs know the field alone.
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    groups = None  # type: ignore[assignment]
    user_permissions = None  # type: ignore[assignment]
    name = models.CharField("姓名", max_length=50)
    mobile = models.CharField("手机", max_length=20, blank=True)
    branch = models.ForeignKey(
        "articles.Branch",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="users",
        verbose_name="单位",
    )
    stated_branch = models.CharField(
        "自填单位",
        max_length=spelling.MAX_NAME,
        blank=True,
        editable=False,
        help_text="注册时列表里没有的单位；编辑核实时选定，不会因此新建单位。",
    )
    self_registered = models.BooleanField("自行注册", default=False, editable=False)
    confirmed_at = models.DateTimeField("核实时间", null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="核实人",
    )

    slips_made = models.PositiveIntegerField(
        "做过的链接", default=0, editable=False, help_text="每做一个，以前的就作废。"
    )

    objects: ClassVar[JournalUserManager] = JournalUserManager()

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = verbose_name_plural = "账号"
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | models.Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="user_confirmation_is_whole",
            ),
            models.UniqueConstraint(
                Lower("username"),
                name="user_name_once_in_any_case",
                violation_error_message="这个用户名已经有人用了（不分大小写）。",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    @classmethod
    def normalize_username(cls, username: Any) -> Any:
        """None comes from forms that refused the name already."""
        return spelling.username(username) if isinstance(username, str) else username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @cached_property
    def roles(self) -> set[str]:
        return {grant.role for grant in self.grants.all()}

    def has_role(self, *roles: Role) -> bool:
        """True for an active account that was given one of the roles."""
        return self.is_active and not self.roles.isdisjoint(roles)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """By roles alone (`RoleBackend`): Django lets a superuser do everything."""
        return perm in self.get_all_permissions(obj)

    def has_module_perms(self, app_label: str) -> bool:
        return any(perm.startswith(f"{app_label}.") for perm in self.get_all_permissions())

    @property
    def login_name(self) -> str:
        """What its owner types to sign in: a staff number, also where another has the same."""
        return self.username.partition(BESIDE)[0] if self.self_registered else self.username

    @property
    def is_unconfirmed(self) -> bool:
        """待核实: they registered by themselves, and no editor has said yet who they are."""
        return self.self_registered and self.confirmed_at is None

    @property
    def may_be_second(self) -> bool:
        """May confirm that another is given a role which takes two."""
        return self.is_active and (self.is_superuser or self.has_role(*SECOND))

    @property
    def wears_two_hats(self) -> bool:
        """Runs the accounts and decides on manuscripts."""
        runs = self.is_superuser or self.has_role(Role.ADMINISTRATOR)
        return runs and self.has_role(*EDITORIAL)

    @property
    def on_the_desk(self) -> bool:
        """May read manuscripts before they are published."""
        return self.has_role(*DESK)

    @property
    def is_staff(self) -> bool:  # type: ignore[override]  # follows from roles: nobody sets it
        """May enter the admin."""
        return self.is_active and (self.is_superuser or self.has_role(*STAFF))
