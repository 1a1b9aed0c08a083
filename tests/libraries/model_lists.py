"""Which models of which libraries freezelint knows, as words in a text."""

from __future__ import annotations

from typing import Final

# With the generalised paths of the places that their arguments decide.
TORCH_CLASSES: Final[dict[str, frozenset[str]]] = {
    "MultiheadAttention": frozenset({""}),
    "TransformerEncoderLayer": frozenset(),
    "TransformerDecoderLayer": frozenset(),
    "Transformer": frozenset({"encoder", "encoder.layers", "decoder", "decoder.layers"}),
    "AdaptiveLogSoftmaxWithLoss": frozenset({"tail"}),
}

TRANSFORMERS_CLASSES: Final = """
BertModel BertForSequenceClassification BertForTokenClassification BertForQuestionAnswering BertForMaskedLM
BertForMultipleChoice BertForPreTraining RobertaModel RobertaForSequenceClassification RobertaForTokenClassification
RobertaForQuestionAnswering RobertaForMaskedLM DistilBertModel DistilBertForSequenceClassification
DistilBertForTokenClassification DistilBertForQuestionAnswering DistilBertForMaskedLM AlbertModel
AlbertForSequenceClassification ElectraModel ElectraForSequenceClassification DebertaModel
DebertaForSequenceClassification DebertaV2Model DebertaV2ForSequenceClassification DebertaV2ForTokenClassification
XLMRobertaModel XLMRobertaForSequenceClassification XLMRobertaForTokenClassification CamembertModel
CamembertForSequenceClassification XLNetModel XLNetForSequenceClassification MPNetModel LongformerModel
LongformerForSequenceClassification BigBirdModel MobileBertModel SqueezeBertModel ModernBertModel
ModernBertForSequenceClassification EsmModel EsmForSequenceClassification
GPT2Model GPT2LMHeadModel GPT2ForSequenceClassification GPTNeoForCausalLM GPTNeoXForCausalLM GPTJForCausalLM OPTModel
OPTForCausalLM BloomForCausalLM FalconForCausalLM LlamaModel LlamaForCausalLM LlamaForSequenceClassification
MistralModel MistralForCausalLM MixtralForCausalLM GemmaForCausalLM Gemma2ForCausalLM Qwen2Model Qwen2ForCausalLM
Qwen3ForCausalLM PhiForCausalLM Phi3ForCausalLM
T5Model T5ForConditionalGeneration T5EncoderModel MT5ForConditionalGeneration MT5EncoderModel BartModel
BartForConditionalGeneration BartForSequenceClassification MBartForConditionalGeneration PegasusForConditionalGeneration
MarianMTModel M2M100ForConditionalGeneration LEDForConditionalGeneration
ViTModel ViTForImageClassification DeiTModel DeiTForImageClassification BeitModel BeitForImageClassification SwinModel
SwinForImageClassification Swinv2Model ConvNextModel ConvNextForImageClassification ConvNextV2Model ResNetModel
ResNetForImageClassification RegNetModel RegNetForImageClassification MobileNetV2Model MobileViTModel EfficientNetModel
EfficientNetForImageClassification Dinov2Model Dinov2ForImageClassification ViTMAEModel ViTMAEForPreTraining
SegformerModel SegformerForSemanticSegmentation SegformerForImageClassification PoolFormerModel CvtModel LevitModel
VideoMAEModel VideoMAEForVideoClassification TimesformerModel YolosForObjectDetection SamModel
CLIPModel CLIPVisionModel CLIPTextModel CLIPVisionModelWithProjection CLIPTextModelWithProjection SiglipModel
SiglipVisionModel BlipForConditionalGeneration BlipModel ViltModel LayoutLMModel LayoutLMv3Model
LayoutLMv3ForTokenClassification
Wav2Vec2Model Wav2Vec2ForCTC Wav2Vec2ForSequenceClassification HubertModel HubertForCTC HubertForSequenceClassification
WavLMModel WavLMForCTC WavLMForSequenceClassification Data2VecAudioModel WhisperModel WhisperForConditionalGeneration
ASTModel ASTForAudioClassification SpeechT5Model ClapModel
"""

TIMM_PATTERNS: Final = """
resnet10t resnet14t resnet18* resnet26* resnet34* resnet50* resnet101* resnet152* resnext* wide_resnet* seresnet18
seresnet34 seresnet50 seresnet101 seresnext50_32x4d seresnext101_32x4d ecaresnet50t ecaresnet50d ecaresnet101d
legacy_seresnet* legacy_seresnext* legacy_senet154 legacy_xception xception xception41 xception65 xception71
resnetv2_50 resnetv2_101 resnetv2_50x1_bit resnetv2_101x1_bit resnetv2_50x3_bit resnetrs50 resnetrs101 resnetrs152
resnetaa50 resnest14d resnest26d resnest50d resnest101e res2net* res2next50 res2net101d sknet* skresnet* skresnext*
cspresnet50 cspresnext50 cspdarknet53 darknet53 dla34 dla60* dla102* dla169 dpn68 dpn68b dpn92 dpn98 dpn107 dpn131
densenet* vgg* hrnet_* inception_* repvgg_a2 repvgg_b0 repvgg_b1 repvgg_b2 repvgg_b3 selecsls* vovnet39a ese_vovnet*
gernet_* rexnet_100 rexnet_130 rexnet_150 rexnet_200 tresnet_m tresnet_l tresnet_xl nf_resnet50 nf_regnet_b1
dm_nfnet_f0 dm_nfnet_f1 dm_nfnet_f2 dm_nfnet_f3 nfnet_f0 nfnet_f1 nfnet_l0 eca_nfnet_l0 eca_nfnet_l1 eca_nfnet_l2
regnetx_* regnety_* efficientnet_b* efficientnet_es efficientnet_em efficientnet_el efficientnet_lite*
efficientnetv2_* tf_efficientnet_* tf_efficientnetv2_* mobilenetv2_* mobilenetv3_* tf_mobilenetv3_* mobilenetv4_*
mnasnet_* semnasnet_* spnasnet_100 mixnet_* tf_mixnet_* fbnetc_100 fbnetv3_* hardcorenas_a lcnet_* tinynet_*
ghostnet_* ghostnetv2_* mobileone_s0 mobileone_s1 mobilevit_* mobilevitv2_* edgenext_* fastvit_t8 fastvit_s12
fastvit_sa12 efficientformer_l* efficientformerv2_* efficientvit_b* repvit_m* convnext_* convnextv2_* convmixer_*
vit_tiny_patch16_* vit_small_patch* vit_base_patch* vit_large_patch* vit_huge_patch* vit_giant_patch14_dinov2*
vit_so400m_patch14_siglip_* vit_relpos_base_patch16_224 vit_small_r26_s32_* vit_base_r50_s16_* deit_* deit3_* beit_*
beitv2_* eva_large_patch14_* eva_giant_patch14_* eva02_* cait_* crossvit_* convit_* coat_* coatnet_0_rw_224
coatnet_1_rw_224 maxvit_tiny_* maxvit_small_* maxvit_base_* maxvit_large_* swin_* swinv2_* swinv2_cr_tiny_*
swinv2_cr_small_* xcit_nano_12_p16_224 xcit_tiny_12_p16_224 xcit_small_12_p16_224 xcit_medium_24_p16_224 levit_128
levit_192 levit_256 levit_384 pit_* poolformer_* poolformerv2_* pvt_v2_* twins_* visformer_* volo_d1_224 volo_d2_224
mixer_* resmlp_* gmixer_24_224 gmlp_s16_224 mvitv2_* caformer_* convformer_* davit_* focalnet_* gcvit_* hiera_*
inception_next_* nest_* sequencer2d_* tnt_* tiny_vit_* tf_efficientnet_l2 samvit_base_patch16 hgnet* test_*
"""
