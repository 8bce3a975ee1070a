"""The weights of the suspects can be made anew from any edited texts."""

from articles.proofreading.suspects import fit, judging

TEXTS = [
    "下雨那天门口的垫子换了三次，客人进门先低头看脚下，再抬头看我们的工作人员。"
    "我们把常说的二十句话写在卡片上，每一句都试着放慢，服务质量提高以后客户满意。"
    "网点的工作人员认真学习业务知识，积极参加各项活动，为客户提供优质服务。",
    "银行的客户经理走进社区，宣传金融知识，帮助居民识别电信诈骗，保护资金安全。"
    "大堂经理主动询问客户的需要，指导客户使用自助设备，减少排队等候的时间。",
]


def test_a_wrong_character_is_put_in_where_another_stood():
    made = list(fit.corrupted(TEXTS, 40))
    assert len(made) == 40
    whole = "".join(TEXTS)
    for run, at, right in made:
        assert run[at] != right
        assert run[:at] + right + run[at + 1 :] in whole
    assert made == list(fit.corrupted(TEXTS, 40))


def test_weights_fitted_anew_tell_wrong_from_right():
    rows = fit.examples(TEXTS, 150)
    new = fit.fitted(rows)
    assert len(new.weights) == len(judging.NAMES)
    wrong = sum(row.is_wrong for row in rows)
    found, alarms = fit.told_apart(rows, new, sure=0.0)
    assert wrong > 20
    assert found > 0.9 * wrong
    assert alarms <= 0.1 * wrong


def test_what_speaks_for_a_case_weighs_more_than_nothing():
    rows = [fit.Example((1.0, 0.0), is_wrong=True)] * 9 + [fit.Example((0.0, 1.0), False)] * 9
    new = fit.fitted([*rows, fit.Example((1.0, 0.0), False), fit.Example((0.0, 1.0), True)])
    assert new.weights[0] > 1 > -1 > new.weights[1]
