"""Verbs: one command per file; ``engine.runtime.Engine.execute`` runs them."""

from engine.commands.add_attachment import AddAttachment
from engine.commands.add_recusal import AddRecusal, LiftRecusal
from engine.commands.add_signers import AddSigners
from engine.commands.agree_in_batch import AgreeInBatch
from engine.commands.answer_outside import AddOutsideFile, AnswerOutside
from engine.commands.appoint_substitute import AppointSubstitute, RevokeSubstitution
from engine.commands.broadcast_signal import BroadcastSignal
from engine.commands.cancel_parts import CancelParts
from engine.commands.change_password import ChangePassword
from engine.commands.change_voters import AddVoters, RemoveVoters
from engine.commands.choose_notices import ChooseNotices
from engine.commands.choose_preferences import ChoosePreferences
from engine.commands.circulate_instance import CirculateInstance, ReadCopies
from engine.commands.claim_jobs import ClaimedJob, ClaimJobs
from engine.commands.claim_work_item import ClaimWorkItem
from engine.commands.complete_job import CompleteJob
from engine.commands.complete_work_item import CompleteWorkItem
from engine.commands.completed import Completed
from engine.commands.consult_people import AnswerConsultation, ConsultPeople
from engine.commands.dead_letters import GiveUpSending, GiveUpTaking, SendAgain, TakeAgain
from engine.commands.delegate_work_item import DelegateWorkItem
from engine.commands.deliver_next import DeliverNext
from engine.commands.deploy_package import Deployment, DeployPackage
from engine.commands.extend_lease import ExtendLease
from engine.commands.fail_job import FailJob, ThrowFromJob
from engine.commands.fire_due_alarm import FireDueAlarm
from engine.commands.fire_due_timer import FireDueTimer
from engine.commands.follow_staff_change import FollowStaffChange
from engine.commands.hand_back_work_item import HandBackWorkItem, TakeBackWorkItem
from engine.commands.hand_over import HandOver, HandOverNext, RetryHandover
from engine.commands.log_in import LogIn, LogInRefused, SessionToken
from engine.commands.log_out import LogOut
from engine.commands.manage_people import (
    ChangePerson,
    CreatePerson,
    DisablePerson,
    EnablePerson,
    PersonFacts,
    ResetPassword,
)
from engine.commands.manage_posts import (
    ApplyPostChange,
    CancelPostChange,
    GivePost,
    TakePost,
)
from engine.commands.manage_units import (
    PutRelation,
    PutUnit,
)
from engine.commands.move_token import MoveToken
from engine.commands.open_dossier import (
    ChangeDossier,
    ExportDossier,
    ListDossier,
    OpenDossier,
)
from engine.commands.open_exhibit import OpenExhibit
from engine.commands.open_work_item import OpenWorkItem
from engine.commands.passwords import hash_password
from engine.commands.publish_calendar import PublishCalendar
from engine.commands.publish_message import Published, PublishMessage
from engine.commands.put_phrases import PutPhrases
from engine.commands.put_signature import PutSignature, RemoveSignature
from engine.commands.read_notices import ReadNotice, ReadNotices
from engine.commands.recall_work_item import RecallWorkItem
from engine.commands.receive_message import Answered, ReceiveMessage
from engine.commands.recount_deadlines import RecountDeadlines
from engine.commands.release_work_item import ReleaseWorkItem
from engine.commands.remove_attachment import RemoveAttachment
from engine.commands.retry_incident import ResolveIncident, RetryIncident
from engine.commands.return_outside import RecallOutside, ReturnOutside
from engine.commands.return_work_item import ReturnWorkItem
from engine.commands.save_draft import SaveDraft
from engine.commands.saved_filters import ChangeFilter, DeleteFilter, MoveFilter, SaveFilter
from engine.commands.set_language import SetLanguage
from engine.commands.sign_work_item import SignWorkItem
from engine.commands.spread_notices import SpreadNotices
from engine.commands.start_instance import StartedInstance, StartInstance
from engine.commands.start_publicly import PublicAnswer, StartPublicly
from engine.commands.stop_clock import ResumeClock, StopClock
from engine.commands.suspend_instance import ResumeInstance, SuspendInstance
from engine.commands.terminate_instance import TerminateInstance
from engine.commands.throw_error import ThrowError
from engine.commands.transfer_work_item import TransferWorkItem
from engine.commands.urge_instance import UrgeInstance
from engine.commands.withdraw_instance import WithdrawInstance

__all__ = [
    "AddAttachment",
    "AddOutsideFile",
    "AddRecusal",
    "AddSigners",
    "AddVoters",
    "AgreeInBatch",
    "AnswerConsultation",
    "AnswerOutside",
    "Answered",
    "ApplyPostChange",
    "AppointSubstitute",
    "BroadcastSignal",
    "CancelParts",
    "CancelPostChange",
    "ChangeDossier",
    "ChangeFilter",
    "ChangePassword",
    "ChangePerson",
    "ChooseNotices",
    "ChoosePreferences",
    "CirculateInstance",
    "ClaimJobs",
    "ClaimWorkItem",
    "ClaimedJob",
    "CompleteJob",
    "CompleteWorkItem",
    "Completed",
    "ConsultPeople",
    "CreatePerson",
    "DelegateWorkItem",
    "DeleteFilter",
    "DeliverNext",
    "DeployPackage",
    "Deployment",
    "DisablePerson",
    "EnablePerson",
    "ExportDossier",
    "ExtendLease",
    "FailJob",
    "FireDueAlarm",
    "FireDueTimer",
    "FollowStaffChange",
    "GivePost",
    "GiveUpSending",
    "GiveUpTaking",
    "HandBackWorkItem",
    "HandOver",
    "HandOverNext",
    "LiftRecusal",
    "ListDossier",
    "LogIn",
    "LogInRefused",
    "LogOut",
    "MoveFilter",
    "MoveToken",
    "OpenDossier",
    "OpenExhibit",
    "OpenWorkItem",
    "PersonFacts",
    "PublicAnswer",
    "PublishCalendar",
    "PublishMessage",
    "Published",
    "PutPhrases",
    "PutRelation",
    "PutSignature",
    "PutUnit",
    "ReadCopies",
    "ReadNotice",
    "ReadNotices",
    "RecallOutside",
    "RecallWorkItem",
    "ReceiveMessage",
    "RecountDeadlines",
    "ReleaseWorkItem",
    "RemoveAttachment",
    "RemoveSignature",
    "RemoveVoters",
    "ResetPassword",
    "ResolveIncident",
    "ResumeClock",
    "ResumeInstance",
    "RetryHandover",
    "RetryIncident",
    "ReturnOutside",
    "ReturnWorkItem",
    "RevokeSubstitution",
    "SaveDraft",
    "SaveFilter",
    "SendAgain",
    "SessionToken",
    "SetLanguage",
    "SignWorkItem",
    "SpreadNotices",
    "StartInstance",
    "StartPublicly",
    "StartedInstance",
    "StopClock",
    "SuspendInstance",
    "TakeAgain",
    "TakeBackWorkItem",
    "TakePost",
    "TerminateInstance",
    "ThrowError",
    "ThrowFromJob",
    "TransferWorkItem",
    "UrgeInstance",
    "WithdrawInstance",
    "hash_password",
]
