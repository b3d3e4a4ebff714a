"""Which figure of a sentence is the short answer, and what belongs to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Document
from index import build
from qa import Assistant


@pytest.mark.parametrize(
    ("text", "question", "short"),
    [
        ("甲方分三期支付：合同签订后十个工作日内支付总价款的30%。", "分几期付款？", "三期"),
        (
            "甲方逾期付款的，每逾期一日按应付未付金额的万分之五支付违约金。",
            "甲方晚付款要付多少违约金？",
            "万分之五",
        ),
        ("每100克约含热量180千卡、蛋白质15克。", "热量多少？", "180千卡"),
        ("到新桥下看夜，每月一千八百块。", "看夜一个月多少钱？", "一千八百块"),
        ("吃不完的放冰箱冷藏，三天内吃完；冷冻可以放一个月。", "能放冰箱多久？", "三天"),
        ("公司在职员工共3 862人，其中研发人员612人。", "公司一共多少人？", "3 862人"),
        (
            "创业补贴一次性发放3万元；每多一人再奖2000元，总额不超过10万元。",
            "创业补贴最高多少？",
            "10万元",
        ),
        (
            "租金按季度支付，乙方应于每季度首月的10日前汇入甲方账户。",
            "租金多久付一次？",
            "按季度",
        ),
        ("小跃的集尘袋每个25元，大约两个月更换一次。", "集尘袋多久换一次？", "两个月"),
        ("充满电需要30分钟，可连续播放3小时。", "充满电要几分钟？", "30分钟"),
        ("充满电需要30分钟，可连续播放3小时。", "可以连续播放几小时？", "3小时"),
        ("最大功率为120瓦，待机功率不超过0.5瓦。", "最大功率是多少？", "120瓦"),
        ("滤芯的更换周期为6个月，主机每三个月检查一次。", "滤芯多久换一次？", "6个月"),
        ("租金每月4000元；逾期支付租金超过十日的，按日付滞纳金。", "每月租金是多少？", "4000元"),
        ("总投资为3亿元，由两家公司承建。", "总投资是多少人民币？", "3亿元"),
        ("企业客户不断增加，目前已达300家左右。", "有多少企业客户？", "300家"),
        (
            "由张强、李伟、王芳共同创立，注册资本为1000万元。",
            "李伟创立的公司注册资本多少？",
            "1000万元",
        ),
        ("白酒、啤酒合计收入5亿元。", "白酒和啤酒合计收入多少？", "5亿元"),
        ("连夜转移了上柳村和马家坳两个村共236名村民。", "一共转移了多少人？", "236名"),
        ("支付宝占52.3%，财付通占33.7%。", "支付宝和财付通加起来占多少？", None),
    ],
)
def test_the_figure_asked_for(text: str, question: str, short: str | None, tmp_path: Path) -> None:
    build(Document.from_text(text, title="说明", source="一.txt"), tmp_path)
    assert Assistant.open(tmp_path).answer(question).short == short


def test_a_count_keeps_its_bound(article: Assistant) -> None:
    assert article.answer("供应链金融服务了多少家企业？").short == "超过10万"
